package dev.braid.report;

/**
 * A figure that summarizes an accuracy matrix (METHODS 5), with the formula shown to readers.
 *
 * <p>A[i][j] is the accuracy on task j after task i, T the number of tasks, row 0 the base.
 */
public enum Metric {
  TRANSFER(
      "Transfer",
      "transfer",
      "mean over j = 2…T of the mean of A[i][j] over i = 1…j−1",
      "accuracy on tasks that are not yet learned"),
  AVERAGE(
      "Average",
      "average",
      "mean of A[i][j] over i = 1…T and j = 1…T",
      "accuracy over all steps and all tasks"),
  LAST(
      "Last",
      "last",
      "mean of A[T][j] over j = 1…T, also called ACC",
      "accuracy over all tasks at the end"),
  BACKWARD_TRANSFER(
      "BWT",
      "bwt",
      "mean of A[T][j] − A[j][j] over j = 1…T−1",
      "how later tasks changed the accuracy on learned ones; negative if they were forgotten"),
  FORGETTING(
      "Forgetting",
      "forgetting",
      "−BWT",
      "accuracy lost on learned tasks at the end; lower is better"),
  FORWARD_TRANSFER(
      "FWT",
      "fwt",
      "mean of A[j−1][j] − A[0][j] over j = 2…T",
      "how earlier tasks changed the accuracy on a task just before it was learned"),
  ZERO_SHOT(
      "Zero-shot",
      "zero_shot",
      "mean of A[0][j] over j = 1…T",
      "accuracy of the base, before anything is learned");

  private final String label;
  private final String key;
  private final String formula;
  private final String meaning;

  Metric(String label, String key, String formula, String meaning) {
    this.label = label;
    this.key = key;
    this.formula = formula;
    this.meaning = meaning;
  }

  /** The name that people read. */
  public String label() {
    return label;
  }

  /** The name that programs read. */
  public String key() {
    return key;
  }

  /** The formula. */
  public String formula() {
    return formula;
  }

  /** The meaning in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The value as a share; {@link Matrix#MISSING} if a cell of the formula is missing. */
  public double of(Matrix matrix) {
    return switch (this) {
      case TRANSFER -> matrix.transfer();
      case AVERAGE -> matrix.average();
      case LAST -> matrix.last();
      case BACKWARD_TRANSFER -> matrix.backwardTransfer();
      case FORGETTING -> matrix.forgetting();
      case FORWARD_TRANSFER -> matrix.forwardTransfer();
      case ZERO_SHOT -> matrix.zeroShot();
    };
  }

  /** Whether the first value is better than the second. */
  boolean isBetter(double first, double second) {
    return this == FORGETTING ? first < second : first > second;
  }
}
