package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Emblems;
import dev.braid.demo.figure.Figures;
import dev.braid.demo.figure.Kind;
import java.util.ArrayList;
import java.util.List;

/** A flat emblem in two colours: a plate with a mark, edge to edge. */
final class EmblemSet implements CaptionedSet {
  private static final List<Kind<Shape>> PLATES =
      List.of(
          new Kind<>("circle", Shape.disk(0.92)),
          new Kind<>("square", Shape.box(0.85, 0.85)),
          new Kind<>("octagon", Shape.regular(8, 0.95).turned(0.393)),
          new Kind<>("diamond", Shape.box(0.68, 0.68).turned(0.785)));

  private static final List<Kind<Shape>> MARKS = marks();

  private static List<Kind<Shape>> marks() {
    List<Kind<Shape>> marks = new ArrayList<>();
    for (Kind<Shape> figure : Figures.ALL) {
      marks.add(new Kind<>("a " + figure.name(), figure.figure().scaled(0.55)));
    }
    marks.add(new Kind<>("an arrow to the left", Emblems.ARROW.turned(-1.5708)));
    marks.add(new Kind<>("an arrow to the right", Emblems.ARROW.turned(1.5708)));
    marks.add(new Kind<>("an arrow straight up", Emblems.ARROW));
    marks.add(new Kind<>("an arrow down", Emblems.ARROW.turned(3.1416)));
    marks.add(new Kind<>("a bar", Shape.box(0.6, 0.17)));
    return List.copyOf(marks);
  }

  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink ground = Ink.any(chance);
    Ink plate = Ink.on(ground.color(), chance);
    Ink ink = Ink.on(plate.color(), chance);
    Kind<Shape> form = PLATES.get(chance.below(PLATES.size()));
    Kind<Shape> mark = MARKS.get(chance.below(MARKS.size()));
    double size = chance.between(0.5, 1);
    double x = chance.between(-0.2, 0.2);
    double y = chance.between(-0.2, 0.2);
    double tilt = chance.between(-0.15, 0.15);
    ground.cover(canvas, chance);
    canvas.fill(form.figure().turned(tilt).scaled(size).at(x, y), plate.color());
    canvas.fill(mark.figure().turned(tilt).scaled(size).at(x, y), ink.color());
    return chance.of(
            plate.one() + ' ' + form.name() + " with " + mark.name(),
            mark.name() + " in a " + form.name(),
            mark.name())
        + ground.behind(chance);
  }
}
