package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things;
import dev.braid.demo.figure.Things.Part;
import java.util.List;

/** A thing as a toy: its parts in bright unnatural colours, on a plain floor. */
final class ToySet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink floor = Ink.any(chance);
    Kind<List<Part>> thing = Things.ALL.get(chance.below(Things.ALL.size()));
    floor.cover(canvas, chance);
    Ink body = Ink.on(floor.color(), chance);
    double size = chance.between(0.45, 0.9);
    double x = chance.between(-0.15, 0.15);
    double y = chance.between(-0.15, 0.15);
    double lean = chance.between(-0.15, 0.15);
    Color color = body.color();
    for (Part part : thing.figure()) {
      canvas.fill(part.shape().slanted(lean).scaled(size).at(x, y), color);
      color = Ink.on(floor.color(), chance).color();
    }
    return chance.of(
            "a toy " + thing.name(), body.one() + " toy " + thing.name(), "a " + thing.name())
        + floor.behind(chance);
  }
}
