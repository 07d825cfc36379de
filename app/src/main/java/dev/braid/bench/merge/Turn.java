package dev.braid.bench.merge;

import java.util.Locale;

/**
 * The seconds of one round; 0 if a side was not measured.
 *
 * @param mergeCpu CPU time of the merge, including the garbage collection before it
 * @param filesCpu CPU time of the plain files
 */
record Turn(
    double merge,
    double mergeCpu,
    double plain,
    double sum,
    double files,
    double filesCpu,
    double torch,
    double tunedTorch) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "merged in %.2f s", merge)
        + text(plain, "simplest loops")
        + text(sum, "summing alone")
        + text(files, "plain files")
        + text(torch, "PyTorch")
        + text(tunedTorch, "PyTorch tuned");
  }

  private static String text(double seconds, String side) {
    return seconds == 0 ? "" : String.format(Locale.ROOT, ", %s %.2f s", side, seconds);
  }
}
