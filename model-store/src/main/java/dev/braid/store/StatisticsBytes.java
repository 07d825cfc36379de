package dev.braid.store;

import dev.braid.model.record.TaskStatistics;
import dev.braid.store.json.StoreFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a task's statistics, little-endian: the dimension and the number of classes as
 * int32, then per class its count as int64, then per class its sum, then the products, as float64.
 */
final class StatisticsBytes {
  static final String EXTENSION = "f64";

  private static final int HEADER = 2 * Integer.BYTES;

  private StatisticsBytes() {}

  static byte[] of(TaskStatistics statistics) {
    int dimension = statistics.dimension();
    int classes = statistics.classes();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length(dimension, classes)));
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

  private static long length(int dimension, int classes) {
    long values = classes + (long) classes * dimension + TaskStatistics.triangle(dimension);
    return HEADER + values * Double.BYTES;
  }

  /**
   * The statistics that these bytes hold.
   *
   * @throws StoreFormatException if they hold none
   */
  static TaskStatistics read(byte[] stored, String file) {
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    int dimension = stored.length < HEADER ? 0 : bytes.getInt();
    int classes = stored.length < HEADER ? 0 : bytes.getInt();
    if (dimension <= 0 || classes <= 0 || stored.length != length(dimension, classes)) {
      throw new StoreFormatException(
          "Invalid statistics in %s: %s bytes for %s classes of dimension %s"
              .formatted(file, stored.length, classes, dimension));
    }
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
