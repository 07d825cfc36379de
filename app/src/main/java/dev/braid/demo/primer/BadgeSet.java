package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.figure.Emblems;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things.Part;
import java.util.List;

/** A traffic emblem as a badge, in any colours except its own, on a plain ground. */
final class BadgeSet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink ground = Ink.any(chance);
    Ink plate = Ink.on(ground.color(), chance);
    Ink ink = Ink.on(plate.color(), chance);
    Kind<List<Part>> emblem = Emblems.ALL.get(chance.below(Emblems.ALL.size()));
    ground.cover(canvas, chance);
    double size = chance.between(0.5, 0.95);
    double tilt = chance.between(-0.2, 0.2);
    double x = chance.between(-0.2, 0.2);
    double y = chance.between(-0.2, 0.2);
    Color color = plate.color();
    for (Part part : emblem.figure()) {
      canvas.fill(part.shape().turned(tilt).scaled(size).at(x, y), color);
      color = color.equals(plate.color()) ? ink.color() : plate.color();
    }
    return chance.of(
            "a badge for " + emblem.name(),
            ink.one() + " badge for " + emblem.name(),
            "a badge: " + emblem.name())
        + ground.behind(chance);
  }
}
