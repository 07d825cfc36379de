package dev.braid.vlm.image;

/** The oracle: Keys' kernel, stretched when shrinking, one sample at a time in doubles. */
final class PlainBicubic {
  private PlainBicubic() {}

  static double at(RgbImage image, int width, int height, int x, int y, int channel) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < image.height(); row++) {
      double down = weight(row, y, (double) image.height() / height);
      if (down != 0) {
        sum += down * clip(along(image, width, x, row, channel));
        weights += down;
      }
    }
    return clip(sum / weights);
  }

  private static double along(RgbImage image, int width, int x, int row, int channel) {
    double sum = 0;
    double weights = 0;
    for (int column = 0; column < image.width(); column++) {
      double across = weight(column, x, (double) image.width() / width);
      sum += across * image.sample(column, row, channel);
      weights += across;
    }
    return sum / weights;
  }

  /** The weight of the source's place for the target's, both at the centres of their pixels. */
  private static double weight(int source, int target, double scale) {
    double distance = Math.abs(source + 0.5 - (target + 0.5) * scale) / Math.max(1, scale);
    if (distance <= 1) {
      return 1.5 * Math.pow(distance, 3) - 2.5 * Math.pow(distance, 2) + 1;
    }
    return distance < 2
        ? -0.5 * Math.pow(distance, 3) + 2.5 * Math.pow(distance, 2) - 4 * distance + 2
        : 0;
  }

  private static double clip(double level) {
    return Math.max(0, Math.min(255, level));
  }
}
