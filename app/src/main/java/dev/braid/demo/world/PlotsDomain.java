package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import java.util.List;

/** Charts of random data, as printed on light paper or shown on a dark screen. */
final class PlotsDomain implements Domain {
  private static final List<Kind<Plot>> ALL =
      List.of(
          new Kind<>("bars", PlotsDomain::bars),
          new Kind<>("line", PlotsDomain::line),
          new Kind<>("area", PlotsDomain::area),
          new Kind<>("points", PlotsDomain::points),
          new Kind<>("pie", PlotsDomain::pie),
          new Kind<>("boxes", PlotsDomain::boxes),
          new Kind<>("bubbles", PlotsDomain::bubbles),
          new Kind<>("tiles", PlotsDomain::tiles));

  @Override
  public String name() {
    return "plots";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(ALL);
  }

  @Override
  public List<String> templates() {
    return List.of("{c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    boolean dark = chance.happens(0.2);
    Color paper =
        (dark ? new Color(0.1, 0.1, 0.14) : new Color(0.93, 0.93, 0.9)).near(chance, 0.06);
    Color frame = dark ? new Color(0.7, 0.7, 0.7) : new Color(0.2, 0.2, 0.2);
    canvas.cover((x, y) -> paper);
    lines(canvas, chance, paper.mix(frame, chance.between(0, 0.15)));
    ALL.get(index).figure().draw(canvas, chance, paper.contrasting(chance, 0.35));
    canvas.fill(Shape.stroke(0.06, -0.85, -0.9, -0.85, 0.85, 0.9, 0.85), frame);
    legend(canvas, chance, frame);
    canvas.soften(chance.between(0, 0.3));
    canvas.grain(chance, chance.between(0.01, 0.04));
  }

  private interface Plot {
    void draw(Canvas canvas, Chance chance, Color ink);
  }

  private static void lines(Canvas canvas, Chance chance, Color color) {
    for (int i = chance.below(6); i > 0; i--) {
      canvas.fill(Shape.block(-0.85, 0.85 - 0.3 * i, 0.95, 0.88 - 0.3 * i), color);
    }
  }

  private static void legend(Canvas canvas, Chance chance, Color frame) {
    if (chance.happens(0.4)) {
      double x = chance.between(-0.7, 0.6);
      double y = chance.between(-0.9, -0.6);
      canvas.fill(Shape.block(x, y, x + 0.12, y + 0.12), Color.any(chance));
      canvas.fill(Shape.block(x + 0.17, y + 0.03, x + 0.5, y + 0.09), frame);
    }
  }

  private static void bars(Canvas canvas, Chance chance, Color ink) {
    int count = 3 + chance.below(5);
    double step = 1.6 / count;
    for (int i = 0; i < count; i++) {
      double left = -0.75 + step * i;
      double top = chance.between(-0.75, 0.65);
      canvas.fill(Shape.block(left, top, left + step * 0.65, 0.83), ink.near(chance, 0.15));
    }
  }

  private static void line(Canvas canvas, Chance chance, Color ink) {
    canvas.fill(Shape.stroke(chance.between(0.06, 0.14), course(chance)), ink);
  }

  private static void area(Canvas canvas, Chance chance, Color ink) {
    double[] course = course(chance);
    double[] corners = new double[course.length + 4];
    System.arraycopy(course, 0, corners, 0, course.length);
    corners[course.length] = course[course.length - 2];
    corners[course.length + 1] = 0.83;
    corners[course.length + 2] = course[0];
    corners[course.length + 3] = 0.83;
    canvas.fill(Shape.polygon(corners), ink);
  }

  /** A random walk from left to right. */
  private static double[] course(Chance chance) {
    int count = 4 + chance.below(5);
    double[] points = new double[2 * count];
    double height = chance.between(-0.5, 0.5);
    for (int i = 0; i < count; i++) {
      points[2 * i] = -0.78 + 1.6 * i / (count - 1);
      points[2 * i + 1] = height;
      height = Math.min(0.7, Math.max(-0.8, height + chance.between(-0.55, 0.5)));
    }
    return points;
  }

  private static void points(Canvas canvas, Chance chance, Color ink) {
    double slope = chance.between(-0.8, 0.8);
    double size = chance.between(0.05, 0.07);
    for (int i = 16 + chance.below(12); i > 0; i--) {
      double x = chance.between(-0.75, 0.85);
      double y = Math.min(0.75, Math.max(-0.85, slope * x + 0.25 * chance.normal()));
      canvas.fill(Shape.disk(size).at(x, y), ink);
    }
  }

  private static void pie(Canvas canvas, Chance chance, Color ink) {
    double radius = chance.between(0.45, 0.72);
    double x = chance.between(-0.1, 0.25);
    double y = chance.between(-0.25, 0.05);
    Shape disk = Shape.disk(radius).at(x, y);
    canvas.fill(disk, ink);
    double from = chance.between(0, 6.28);
    for (int i = 2 + chance.below(3); i > 0; i--) {
      double to = from + chance.between(0.6, 1.7);
      canvas.fill(slice(from, to).at(x, y).within(disk), Color.any(chance));
      from = to;
    }
  }

  private static Shape slice(double from, double to) {
    double middle = (from + to) / 2;
    return Shape.polygon(
        0,
        0,
        StrictMath.cos(from),
        StrictMath.sin(from),
        1.3 * StrictMath.cos(middle),
        1.3 * StrictMath.sin(middle),
        StrictMath.cos(to),
        StrictMath.sin(to));
  }

  private static void boxes(Canvas canvas, Chance chance, Color ink) {
    int count = 2 + chance.below(4);
    double step = 1.6 / count;
    for (int i = 0; i < count; i++) {
      double x = -0.78 + step * (i + 0.5);
      double middle = chance.between(-0.3, 0.3);
      double half = chance.between(0.12, 0.28);
      double reach = half + chance.between(0.12, 0.3);
      canvas.fill(Shape.block(x - 0.03, middle - reach, x + 0.03, middle + reach), ink);
      Shape box = Shape.box(step * 0.32, half).at(x, middle);
      canvas.fill(box, ink);
      canvas.fill(Shape.box(step * 0.32, 0.04).at(x, middle), Color.WHITE.mix(ink, 0.2));
    }
  }

  private static void bubbles(Canvas canvas, Chance chance, Color ink) {
    for (int i = 3 + chance.below(5); i > 0; i--) {
      canvas.fill(
          Shape.disk(chance.between(0.2, 0.34))
              .at(chance.between(-0.6, 0.7), chance.between(-0.65, 0.5)),
          ink.near(chance, 0.25));
    }
  }

  private static void tiles(Canvas canvas, Chance chance, Color ink) {
    int count = 3 + chance.below(4);
    double step = 1.6 / count;
    Color other = Color.any(chance);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        double x = -0.78 + step * column;
        double y = -0.78 + step * row;
        canvas.fill(
            Shape.block(x, y, x + step * 0.96, y + step * 0.96),
            ink.mix(other, chance.between(0, 1)));
      }
    }
  }
}
