package dev.braid.vlm.image;

/** A rectangle of pixels. */
record Box(int left, int top, int width, int height) {
  static Box all(RgbImage image) {
    return new Box(0, 0, image.width(), image.height());
  }
}
