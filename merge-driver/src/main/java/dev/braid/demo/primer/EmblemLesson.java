package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import java.util.List;

/** A flat emblem in two colours: a plate with a mark, edge to edge. */
final class EmblemLesson implements Lesson {
  private static final Shape ARROW =
      Shape.block(-0.14, -0.2, 0.14, 0.6).and(Shape.polygon(-0.45, -0.1, 0, -0.65, 0.45, -0.1));

  private static final List<Kind<Shape>> PLATES =
      List.of(
          new Kind<>("circle", Shape.disk(0.92)),
          new Kind<>("square", Shape.box(0.85, 0.85)),
          new Kind<>("octagon", Shape.regular(8, 0.95).turned(0.393)),
          new Kind<>("diamond", Shape.box(0.68, 0.68).turned(0.785)));

  private static final List<Kind<Shape>> MARKS =
      List.of(
          new Kind<>("an arrow to the left", ARROW.turned(-1.5708)),
          new Kind<>("an arrow to the right", ARROW.turned(1.5708)),
          new Kind<>("an arrow straight up", ARROW),
          new Kind<>("an arrow down", ARROW.turned(3.1416)),
          new Kind<>("a bar", Shape.box(0.6, 0.17)),
          new Kind<>("a mark", Shape.box(0.09, 0.3).at(0, -0.15).and(Shape.disk(0.11).at(0, 0.4))),
          new Kind<>("a circle", Shape.disk(0.5)),
          new Kind<>("a diamond", Shape.box(0.4, 0.4).turned(0.785)),
          new Kind<>("a triangle", Shape.regular(3, 0.6).at(0, 0.1)),
          new Kind<>("a triangle down", Shape.regular(3, 0.6).turned(3.1416).at(0, -0.1)));

  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink ground = Ink.any(chance);
    Ink plate = Ink.on(ground.color(), chance);
    Ink ink = Ink.on(plate.color(), chance);
    Kind<Shape> form = PLATES.get(chance.below(PLATES.size()));
    Kind<Shape> mark = MARKS.get(chance.below(MARKS.size()));
    double size = chance.between(0.7, 1);
    double tilt = chance.between(-0.15, 0.15);
    canvas.cover(Paint.plain(ground.color()));
    canvas.fill(form.figure().turned(tilt).scaled(size), plate.color());
    canvas.fill(mark.figure().turned(tilt).scaled(size), ink.color());
    canvas.grain(chance, chance.between(0, 0.06));
    return chance.of(
        plate.one() + ' ' + form.name() + " with " + mark.name(),
        mark.name() + " in a " + form.name(),
        mark.name());
  }
}
