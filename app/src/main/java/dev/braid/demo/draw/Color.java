package dev.braid.demo.draw;

/** A colour: red, green and blue from 0 to 1. */
public record Color(double red, double green, double blue) {
  public static final Color WHITE = new Color(1, 1, 1);
  public static final Color BLACK = new Color(0, 0, 0);

  /** The colour of a hue (in turns: 0 red, 1/3 green, 2/3 blue), a saturation and a value. */
  public static Color hue(double hue, double saturation, double value) {
    return new Color(
        channel(hue + 1, saturation, value),
        channel(hue + 2 / 3.0, saturation, value),
        channel(hue + 1 / 3.0, saturation, value));
  }

  private static double channel(double hue, double saturation, double value) {
    double turn = hue - StrictMath.floor(hue);
    double ramp = Math.min(1, Math.max(0, Math.abs(turn * 6 - 3) - 1));
    return value * (1 - saturation * (1 - ramp));
  }

  /** A random colour that is visible on a background. */
  public static Color any(Chance chance) {
    return hue(chance.between(0, 1), chance.between(0.1, 1), chance.between(0.15, 1));
  }

  /** A colour whose brightness differs from this one's by at least the given step. */
  public Color contrasting(Chance chance, double step) {
    Color other = any(chance);
    for (int tries = 0; tries < 20 && Math.abs(other.light() - light()) < step; tries++) {
      other = any(chance);
    }
    return other;
  }

  /** This colour mixed with a share of another. */
  public Color mix(Color other, double share) {
    return new Color(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  /** This colour, shifted slightly in every channel. */
  public Color near(Chance chance, double range) {
    return new Color(
        red + chance.between(-range, range),
        green + chance.between(-range, range),
        blue + chance.between(-range, range));
  }

  private double light() {
    return 0.3 * red + 0.59 * green + 0.11 * blue;
  }
}
