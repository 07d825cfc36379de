package dev.braid.jobs.predict;

/**
 * A prediction.
 *
 * @param output the folder to write into: any Hadoop path
 * @param existing what happens to a prediction that is there already
 */
public record PredictRequest(
    PredictInput input,
    PredictedModel model,
    OutputFormat format,
    String output,
    Existing existing) {
  /** What happens to an output that exists. */
  public enum Existing {
    /** An unfinished one of the same request is finished; any other is refused. */
    RESUME,
    /** It is deleted, if a prediction wrote it. */
    OVERWRITE
  }
}
