package dev.braid.demo.draw;

/** A small square picture to draw on: −1 to 1 in both directions, y downwards. */
public final class Canvas {
  private final int side;
  private final double[] red;
  private final double[] green;
  private final double[] blue;

  /** Creates a black canvas with this number of pixels per side. */
  public Canvas(int side) {
    this.side = side;
    red = new double[side * side];
    green = new double[side * side];
    blue = new double[side * side];
  }

  /** Paints the whole canvas. */
  public void cover(Paint paint) {
    for (int pixel = 0; pixel < red.length; pixel++) {
      put(pixel, paint.at(x(pixel), y(pixel)), 1);
    }
  }

  /** Paints the inside of a shape, with smooth edges. */
  public void fill(Shape shape, Paint paint) {
    double soft = side / 2.0;
    for (int pixel = 0; pixel < red.length; pixel++) {
      double x = x(pixel);
      double y = y(pixel);
      double cover = 0.5 - shape.distance(x, y) * soft;
      if (cover > 0) {
        put(pixel, paint.at(x, y), Math.min(1, cover));
      }
    }
  }

  /** Paints the inside of a shape in one colour. */
  public void fill(Shape shape, Color color) {
    fill(shape, Paint.plain(color));
  }

  /** Adds normal noise to every channel of every pixel. */
  public void grain(Chance chance, double deviation) {
    for (double[] channel : new double[][] {red, green, blue}) {
      for (int pixel = 0; pixel < channel.length; pixel++) {
        channel[pixel] += deviation * chance.normal();
      }
    }
  }

  /**
   * Blurs every pixel with its eight neighbours: 0 leaves the picture unchanged, 1 takes their
   * mean.
   */
  public void soften(double share) {
    for (double[] channel : new double[][] {red, green, blue}) {
      double[] before = channel.clone();
      for (int pixel = 0; pixel < channel.length; pixel++) {
        channel[pixel] += share * (mean(before, pixel % side, pixel / side) - before[pixel]);
      }
    }
  }

  private double mean(double[] channel, int column, int row) {
    double sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        sum += channel[clamp(row + dy) * side + clamp(column + dx)];
      }
    }
    return sum / 9;
  }

  private int clamp(int index) {
    return Math.min(side - 1, Math.max(0, index));
  }

  /** The number of pixels per side. */
  public int side() {
    return side;
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return Png.encode(side, rgb());
  }

  /** Red, green and blue of every pixel, row by row. */
  public byte[] rgb() {
    byte[] rgb = new byte[red.length * 3];
    for (int pixel = 0; pixel < red.length; pixel++) {
      rgb[3 * pixel] = level(red[pixel]);
      rgb[3 * pixel + 1] = level(green[pixel]);
      rgb[3 * pixel + 2] = level(blue[pixel]);
    }
    return rgb;
  }

  private void put(int pixel, Color color, double share) {
    red[pixel] += (color.red() - red[pixel]) * share;
    green[pixel] += (color.green() - green[pixel]) * share;
    blue[pixel] += (color.blue() - blue[pixel]) * share;
  }

  private double x(int pixel) {
    return (2 * (pixel % side) + 1) / (double) side - 1;
  }

  private double y(int pixel) {
    return (2 * (pixel / side) + 1) / (double) side - 1;
  }

  private static byte level(double value) {
    return (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
  }
}
