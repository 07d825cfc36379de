package dev.braid.jobs.predict;

import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up the counts of the tasks of a part. Spark counts each task of a job without a shuffle
 * once, however often it is repeated.
 */
final class CountsAccumulator extends AccumulatorV2<PredictionCounts, PredictionCounts> {
  private static final long serialVersionUID = 1;

  private PredictionCounts sum = PredictionCounts.ZERO;

  @Override
  public boolean isZero() {
    return sum.equals(PredictionCounts.ZERO);
  }

  @Override
  public AccumulatorV2<PredictionCounts, PredictionCounts> copy() {
    CountsAccumulator copy = new CountsAccumulator();
    copy.sum = sum;
    return copy;
  }

  @Override
  public void reset() {
    sum = PredictionCounts.ZERO;
  }

  @Override
  public void add(PredictionCounts counts) {
    sum = sum.plus(counts);
  }

  @Override
  public void merge(AccumulatorV2<PredictionCounts, PredictionCounts> other) {
    sum = sum.plus(other.value());
  }

  @Override
  public PredictionCounts value() {
    return sum;
  }
}
