package dev.braid.model.record;

import dev.braid.model.Check;
import java.util.Arrays;

/**
 * Sums over the base's unit features of a task's train pictures (METHODS 2.8). They are additive:
 * the statistics of two disjoint sets of pictures are the sums of both.
 *
 * <p>In the following, D is the dimension of a feature and f is a picture's feature.
 */
public final class TaskStatistics {
  private final int dimension;
  private final long[] counts;
  private final double[][] sums;
  private final double[] products;

  /**
   * The statistics of a task.
   *
   * @param counts the number of pictures of each class
   * @param sums for each class, the sum of f: D values
   * @param products the sum of f · fᵀ over all pictures: the upper triangle, row by row, D (D + 1)
   *     / 2 values
   */
  public TaskStatistics(int dimension, long[] counts, double[][] sums, double[] products) {
    Check.argument(dimension > 0, "Invalid dimension of statistics: %s (positive)", dimension);
    Check.argument(
        sums.length == counts.length
            && Arrays.stream(sums).allMatch(sum -> sum.length == dimension)
            && products.length == triangle(dimension),
        "Invalid statistics: %s counts, %s sums and %s products (dimension %s)",
        counts.length,
        sums.length,
        products.length,
        dimension);
    this.dimension = dimension;
    this.counts = counts.clone();
    this.sums = Arrays.stream(sums).map(double[]::clone).toArray(double[][]::new);
    this.products = products.clone();
    Check.argument(
        Arrays.stream(counts).allMatch(count -> count >= 0)
            && Arrays.stream(sums).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
            && Arrays.stream(products).allMatch(Double::isFinite),
        "Invalid statistics: a negative count or a sum that is not finite");
  }

  /** The number of values of the upper triangle of a matrix of this many rows. */
  public static int triangle(int dimension) {
    return Math.toIntExact((long) dimension * (dimension + 1) / 2);
  }

  /** The length of a feature. */
  public int dimension() {
    return dimension;
  }

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** The number of pictures of a class. */
  public long count(int classIndex) {
    return counts[classIndex];
  }

  /** The number of all pictures. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** A copy of the sum of the features of a class. */
  public double[] sum(int classIndex) {
    return sums[classIndex].clone();
  }

  /** A copy of the upper triangle of the sum of f · fᵀ, row by row. */
  public double[] products() {
    return products.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskStatistics that
        && dimension == that.dimension
        && Arrays.equals(counts, that.counts)
        && Arrays.deepEquals(sums, that.sums)
        && Arrays.equals(products, that.products);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Arrays.hashCode(products);
  }

  @Override
  public String toString() {
    return "statistics of %s pictures of %s classes".formatted(total(), classes());
  }
}
