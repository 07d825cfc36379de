package dev.braid.demo.draw;

/** Gives every point a colour. */
@FunctionalInterface
public interface Paint {
  Color at(double x, double y);

  /** The same colour everywhere. */
  static Paint plain(Color color) {
    return (x, y) -> color;
  }

  /** A gradient from one colour at the top to another at the bottom. */
  static Paint fading(Color top, Color bottom) {
    return (x, y) -> top.mix(bottom, Math.min(1, Math.max(0, (y + 1) / 2)));
  }

  /** A blend of two colours by the value of a field from 0 to 1. */
  static Paint blend(Field field, Color zero, Color one) {
    return (x, y) -> zero.mix(one, field.at(x, y));
  }

  /** A number from 0 to 1 for every point. */
  @FunctionalInterface
  interface Field {
    double at(double x, double y);
  }
}
