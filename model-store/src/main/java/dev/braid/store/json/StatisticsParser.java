package dev.braid.store.json;

import dev.braid.model.Check;
import dev.braid.model.record.TaskStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a task's statistics, little-endian: the dimension and the number of classes as
 * int32, then per class its count as int64, then per class its sum, then the products, as float64.
 */
public final class StatisticsParser {
  /** The extension of the objects' names. */
  public static final String EXTENSION = "f64";

  private static final int HEADER = 2 * Integer.BYTES;

  private StatisticsParser() {}

  /** The bytes of the statistics. */
  public static byte[] toBytes(TaskStatistics statistics) {
    int dimension = statistics.dimension();
    int classes = statistics.classes();
    int length = Math.toIntExact(HEADER + values(dimension, classes) * Double.BYTES);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(dimension).putInt(classes);
    for (int k = 0; k < classes; k++) {
      bytes.putLong(statistics.count(k));
    }
    for (int k = 0; k < classes; k++) {
      put(bytes, statistics.sum(k));
    }
    put(bytes, statistics.products());
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, double[] values) {
    for (double value : values) {
      bytes.putDouble(value);
    }
  }

  /** The number of counts, sums and products. */
  private static long values(long dimension, long classes) {
    return classes + classes * dimension + dimension * (dimension + 1) / 2;
  }

  /**
   * The statistics that these bytes hold.
   *
   * @throws StoreFormatException if they hold none
   */
  public static TaskStatistics fromBytes(byte[] stored, String file) {
    try {
      return statistics(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IllegalArgumentException e) {
      throw new StoreFormatException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static TaskStatistics statistics(ByteBuffer bytes) {
    int length = bytes.remaining();
    int dimension = length < HEADER ? 0 : bytes.getInt();
    int classes = length < HEADER ? 0 : bytes.getInt();
    boolean isWhole = bytes.remaining() % Double.BYTES == 0;
    Check.argument(
        dimension > 0
            && classes > 0
            && isWhole
            && bytes.remaining() / Double.BYTES == values(dimension, classes),
        "Invalid statistics: %s bytes for %s classes of dimension %s",
        length,
        classes,
        dimension);
    long[] counts = new long[classes];
    for (int k = 0; k < classes; k++) {
      counts[k] = bytes.getLong();
    }
    double[][] sums = new double[classes][];
    for (int k = 0; k < classes; k++) {
      sums[k] = doubles(bytes, dimension);
    }
    return new TaskStatistics(
        dimension, counts, sums, doubles(bytes, TaskStatistics.triangle(dimension)));
  }

  private static double[] doubles(ByteBuffer bytes, int count) {
    double[] values = new double[count];
    bytes.asDoubleBuffer().get(values);
    bytes.position(bytes.position() + count * Double.BYTES);
    return values;
  }
}
