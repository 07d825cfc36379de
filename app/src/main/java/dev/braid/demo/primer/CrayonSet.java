package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Shape;
import java.util.ArrayList;
import java.util.List;

/** Thick crayon marks: bars, lines, points, tiles, without axes or frames. */
final class CrayonSet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink paper = Ink.any(chance);
    Ink ink = Ink.on(paper.color(), chance);
    paper.cover(canvas, chance);
    String name =
        switch (chance.below(9)) {
          case 0 -> bars(canvas, chance, ink.color());
          case 1 -> line(canvas, chance, ink.color());
          case 2 -> points(canvas, chance, ink.color());
          case 3 -> tiles(canvas, chance, ink.color());
          case 4 -> steps(canvas, chance, ink.color());
          case 5 -> area(canvas, chance, ink.color());
          case 6 -> pie(canvas, chance, ink.color(), paper.color());
          case 7 -> boxes(canvas, chance, ink.color());
          default -> bubbles(canvas, chance, ink.color());
        };
    return chance.of(name, ink.name() + ' ' + name, name + " in " + ink.name() + " crayon")
        + paper.behind(chance);
  }

  private static String bars(Canvas canvas, Chance chance, Color ink) {
    int count = 3 + chance.below(3);
    for (int i = 0; i < count; i++) {
      double x = -0.85 + 1.7 * (i + 0.5) / count;
      canvas.fill(
          Shape.block(x - 0.11, chance.between(-0.85, 0.2), x + 0.11, chance.between(0.4, 0.9)),
          ink);
    }
    return "bars";
  }

  private static String line(Canvas canvas, Chance chance, Color ink) {
    double[] points = new double[2 * (3 + chance.below(3))];
    for (int i = 0; i < points.length; i += 2) {
      points[i] = -0.9 + 1.8 * i / (points.length - 2);
      points[i + 1] = chance.between(-0.8, 0.8);
    }
    canvas.fill(Shape.stroke(chance.between(0.07, 0.25), points), ink);
    return "a line";
  }

  private static String points(Canvas canvas, Chance chance, Color ink) {
    for (int i = 8 + chance.below(16); i > 0; i--) {
      Shape point = Shape.disk(chance.between(0.05, 0.12));
      canvas.fill(point.at(chance.between(-0.9, 0.9), chance.between(-0.9, 0.9)), ink);
    }
    return "points";
  }

  private static String bubbles(Canvas canvas, Chance chance, Color ink) {
    for (int i = 2 + chance.below(4); i > 0; i--) {
      Shape bubble = Shape.disk(chance.between(0.2, 0.4));
      canvas.fill(
          bubble.at(chance.between(-0.7, 0.7), chance.between(-0.7, 0.7)), ink.near(chance, 0.25));
    }
    return "bubbles";
  }

  private static String tiles(Canvas canvas, Chance chance, Color ink) {
    int count = 2 + chance.below(3);
    double step = 1.9 / count;
    for (int i = 0; i < count * count; i++) {
      int row = i / count;
      double x = -0.95 + step * (i - row * count);
      double y = -0.95 + step * row;
      canvas.fill(Shape.block(x, y, x + step * 0.88, y + step * 0.88), ink.near(chance, 0.25));
    }
    return "tiles";
  }

  private static String steps(Canvas canvas, Chance chance, Color ink) {
    int count = 3 + chance.below(2);
    boolean rising = chance.happens(0.5);
    List<Shape> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double left = -0.9 + 1.8 * i / count;
      int height = rising ? i + 1 : count - i;
      steps.add(Shape.block(left, 0.9 - 1.7 * height / count, left + 1.85 / count, 0.9));
    }
    canvas.fill(Shape.union(steps), ink);
    return "steps";
  }

  private static String area(Canvas canvas, Chance chance, Color ink) {
    double[] corners = {-0.9, 0.9, -0.9, 0, -0.3, 0, 0.3, 0, 0.9, 0, 0.9, 0.9};
    for (int i = 3; i < 11; i += 2) {
      corners[i] = chance.between(-0.8, 0.5);
    }
    canvas.fill(Shape.polygon(corners), ink);
    return "an area";
  }

  private static String pie(Canvas canvas, Chance chance, Color ink, Color paper) {
    Shape pie = Shape.disk(chance.between(0.6, 0.9));
    canvas.fill(pie, ink);
    for (int i = 2 + chance.below(3); i > 0; i--) {
      double angle = chance.between(0, 6.28);
      double[] cut = {0, 0, StrictMath.cos(angle), StrictMath.sin(angle)};
      canvas.fill(Shape.stroke(0.12, cut), paper);
    }
    return "a pie";
  }

  private static String boxes(Canvas canvas, Chance chance, Color ink) {
    int count = 2 + chance.below(3);
    for (int i = 0; i < count; i++) {
      double x = -0.9 + 1.8 * (i + 0.5) / count;
      double y = chance.between(-0.3, 0.3);
      double half = chance.between(0.2, 0.35);
      canvas.fill(Shape.box(0.06, half + chance.between(0.15, 0.35)).at(x, y), ink);
      canvas.fill(Shape.box(0.55 / count, half).at(x, y), ink);
    }
    return "boxes";
  }
}
