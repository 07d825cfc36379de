package dev.braid.vlm.image;

/**
 * The random part of an image that a training step uses: most of it, slightly stretched.
 *
 * <p>Up to ten rectangles are drawn, of 90 to 100 % of the area and an aspect ratio between 3:4 and
 * 4:3 (uniform on a logarithmic scale). The first that fits is placed at random. If none fits, the
 * largest centred part with an allowed ratio is used: as in torchvision, an image beyond about 3:2
 * is always cropped at its centre. Logarithms come from {@link StrictMath}, so they are the same on
 * every platform.
 */
final class RandomCrop {
  private static final int ATTEMPTS = 10;
  private static final double LEAST_AREA = 0.9;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;

  private RandomCrop() {}

  static Box draw(int width, int height, Draws draws) {
    double area = (double) width * height;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double part = area * draws.between(LEAST_AREA, 1);
      double ratio =
          StrictMath.exp(draws.between(StrictMath.log(NARROWEST), StrictMath.log(WIDEST)));
      int w = (int) Math.rint(Math.sqrt(part * ratio));
      int h = (int) Math.rint(Math.sqrt(part / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        return new Box(draws.below(width - w + 1), draws.below(height - h + 1), w, h);
      }
    }
    return centred(width, height);
  }

  private static Box centred(int width, int height) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < NARROWEST) {
      h = (int) Math.rint(width / NARROWEST);
    } else if (ratio > WIDEST) {
      w = (int) Math.rint(height * WIDEST);
    }
    return new Box((width - w) / 2, (height - h) / 2, w, h);
  }
}
