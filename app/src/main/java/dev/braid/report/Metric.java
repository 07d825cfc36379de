package dev.braid.report;

/**
 * A figure that sums up a matrix of accuracies (METHODS 5), with the formula that readers see.
 *
 * <p>A[i][j] is the accuracy after task i on task j, T the number of tasks, row 0 the base.
 */
public enum Metric {
  TRANSFER(
      "Transfer",
      "transfer",
      "mean over j = 2…T of the mean of A[i][j] over i = 1…j−1",
      "what tasks that are not yet learned keep of the base"),
  AVERAGE(
      "Average",
      "average",
      "mean of A[i][j] over i = 1…T and j = 1…T",
      "accuracy over all the time and all tasks"),
  LAST(
      "Last",
      "last",
      "mean of A[T][j] over j = 1…T, also called ACC",
      "accuracy over all tasks at the end"),
  BACKWARD_TRANSFER(
      "BWT",
      "bwt",
      "mean of A[T][j] − A[j][j] over j = 1…T−1",
      "what later tasks changed in a learned one; negative: it was forgotten"),
  FORGETTING(
      "Forgetting",
      "forgetting",
      "−BWT",
      "what was lost of learned tasks at the end; the smaller the better"),
  FORWARD_TRANSFER(
      "FWT",
      "fwt",
      "mean of A[j−1][j] − A[0][j] over j = 2…T",
      "what earlier tasks changed in a task just before it was learned"),
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

  /** How it is computed. */
  public String formula() {
    return formula;
  }

  /** What it tells, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Its value as a share; {@link Matrix#MISSING} if a cell of its formula is. */
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
