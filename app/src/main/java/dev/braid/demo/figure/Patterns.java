package dev.braid.demo.figure;

import dev.braid.demo.draw.Paint.Field;
import java.util.List;

/** Two-coloured patterns with a period of about 1. */
public final class Patterns {
  public static final List<Kind<Field>> ALL =
      List.of(
          new Kind<>("horizontal stripes", (x, y) -> wave(y)),
          new Kind<>("vertical stripes", (x, y) -> wave(x)),
          new Kind<>("diagonal stripes", (x, y) -> wave((x + y) * 0.7)),
          new Kind<>("checks", (x, y) -> step(wave(x / 2) - 0.5, wave(y / 2) - 0.5)),
          new Kind<>("dots", (x, y) -> edge(0.3 - StrictMath.hypot(cell(x), cell(y)))),
          new Kind<>("grid", (x, y) -> edge(0.14 - nearest(cell(x), cell(y)))),
          new Kind<>("waves", (x, y) -> wave(y + 0.35 * StrictMath.sin(3.5 * x))),
          new Kind<>("zigzag", (x, y) -> wave(y + 0.9 * Math.abs(cell(x * 0.6)))),
          new Kind<>("bricks", (x, y) -> bricks(x, y)),
          new Kind<>("scales", (x, y) -> scales(x, y)));

  private Patterns() {}

  /** A wave from 0 to 1 and back with period 1 and soft edges. */
  private static double wave(double t) {
    return edge(Math.abs(cell(t)) - 0.25);
  }

  /** The signed distance to the middle of the unit cell, −0.5 to 0.5. */
  private static double cell(double t) {
    return t - StrictMath.floor(t) - 0.5;
  }

  private static double edge(double inside) {
    return Math.min(1, Math.max(0, 0.5 + inside * 8));
  }

  private static double step(double a, double b) {
    return edge(a * b);
  }

  private static double nearest(double a, double b) {
    return Math.min(0.5 - Math.abs(a), 0.5 - Math.abs(b));
  }

  private static double bricks(double x, double y) {
    double shift = StrictMath.floor(y) % 2 == 0 ? 0 : 0.5;
    double across = (0.5 - Math.abs(cell(x / 2 + shift))) * 2;
    return edge(0.13 - Math.min(across, 0.5 - Math.abs(cell(y))));
  }

  private static double scales(double x, double y) {
    double row = StrictMath.floor(y);
    double shift = row % 2 == 0 ? 0 : 0.5;
    double bow = StrictMath.hypot(cell(x + shift), y - row);
    return edge(0.12 - Math.abs(bow - 0.55));
  }
}
