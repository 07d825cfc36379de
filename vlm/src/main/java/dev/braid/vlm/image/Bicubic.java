package dev.braid.vlm.image;

import java.util.Arrays;

/**
 * Resizes images exactly as Pillow's {@code resize(…, BICUBIC)} does, to the last bit.
 *
 * <p>There are two passes, columns first. Each is a weighted sum with Keys' cubic kernel (a =
 * -0.5), which is stretched by the factor of downscaling so that it also smooths. Weights are
 * fixed-point numbers of 22 bits; each pass rounds its sums to eight bits. Only the rows and
 * columns that the requested part needs are computed: a strip of 1,000 x 37 costs no more than a
 * square.
 */
final class Bicubic {
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);
  private static final double A = -0.5;
  private static final double SUPPORT = 2;

  private Bicubic() {}

  /**
   * Resizes a part of an image and returns a part of the result.
   *
   * @param source the part that is resized, as if it were the whole image
   * @param width of the resized image
   * @param height of the resized image
   * @param wanted the part of the resized image that is returned
   */
  static RgbImage resize(RgbImage image, Box source, int width, int height, Box wanted) {
    Weights columns = Weights.of(source.width(), width, wanted.left(), wanted.width());
    Weights rows = Weights.of(source.height(), height, wanted.top(), wanted.height());
    int firstRow = rows.firstSource();
    int rowCount = rows.endSource() - firstRow;
    byte[] narrow = new byte[rowCount * wanted.width() * RgbImage.CHANNELS];
    for (int row = 0; row < rowCount; row++) {
      int from = ((source.top() + firstRow + row) * image.width() + source.left());
      columns.along(
          image.samples(),
          from * RgbImage.CHANNELS,
          narrow,
          row * wanted.width() * RgbImage.CHANNELS);
    }
    byte[] result = new byte[wanted.height() * wanted.width() * RgbImage.CHANNELS];
    rows.across(narrow, wanted.width() * RgbImage.CHANNELS, result);
    return new RgbImage(wanted.width(), wanted.height(), result);
  }

  /**
   * For each wanted position on an axis, the source positions that contribute, and their weights.
   */
  @SuppressWarnings("ArrayRecordComponent") // private to this file, never compared
  private record Weights(int[] starts, int[][] weights) {
    static Weights of(int sourceSize, int size, int first, int count) {
      int[] starts = new int[count];
      int[][] weights = new int[count][];
      double scale = (double) sourceSize / size;
      double stretch = Math.max(scale, 1);
      double support = SUPPORT * stretch;
      for (int i = 0; i < count; i++) {
        double center = (first + i + 0.5) * scale;
        int start = Math.max(0, (int) (center - support + 0.5));
        int end = Math.min(sourceSize, (int) (center + support + 0.5));
        starts[i] = start;
        weights[i] = fixed(kernel(start, end, center, stretch));
      }
      return new Weights(starts, weights);
    }

    private static double[] kernel(int start, int end, double center, double stretch) {
      double[] kernel = new double[end - start];
      double inverse = 1.0 / stretch;
      double sum = 0;
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] = cubic((i + start - center + 0.5) * inverse);
        sum += kernel[i];
      }
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] /= sum;
      }
      return kernel;
    }

    private static double cubic(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static int[] fixed(double[] kernel) {
      int[] fixed = new int[kernel.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (kernel[i] * (1 << PRECISION) + (kernel[i] < 0 ? -0.5 : 0.5));
      }
      return fixed;
    }

    int firstSource() {
      return starts[0];
    }

    int endSource() {
      return starts[starts.length - 1] + weights[starts.length - 1].length;
    }

    /** Computes the wanted columns of one row. */
    void along(byte[] source, int from, byte[] target, int to) {
      for (int i = 0; i < starts.length; i++) {
        int[] kernel = weights[i];
        int at = from + starts[i] * RgbImage.CHANNELS;
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int weight : kernel) {
          red += weight * (source[at] & 0xff);
          green += weight * (source[at + 1] & 0xff);
          blue += weight * (source[at + 2] & 0xff);
          at += RgbImage.CHANNELS;
        }
        target[to++] = clip(red);
        target[to++] = clip(green);
        target[to++] = clip(blue);
      }
    }

    /** Computes all wanted rows; the first row of the source is {@link #firstSource}. */
    void across(byte[] source, int rowLength, byte[] target) {
      int[] sums = new int[rowLength];
      for (int i = 0; i < starts.length; i++) {
        Arrays.fill(sums, HALF);
        int at = (starts[i] - firstSource()) * rowLength;
        for (int weight : weights[i]) {
          for (int x = 0; x < rowLength; x++) {
            sums[x] += weight * (source[at + x] & 0xff);
          }
          at += rowLength;
        }
        for (int x = 0; x < rowLength; x++) {
          target[i * rowLength + x] = clip(sums[x]);
        }
      }
    }

    private static byte clip(int sum) {
      return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
    }
  }
}
