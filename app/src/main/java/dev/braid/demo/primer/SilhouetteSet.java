package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things;
import dev.braid.demo.figure.Things.Part;
import java.util.List;

/** A thing cut out of paper: one colour, without ground or sky. */
final class SilhouetteSet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink paper = Ink.any(chance);
    Ink ink = Ink.on(paper.color(), chance);
    Kind<List<Part>> thing = Things.ALL.get(chance.below(Things.ALL.size()));
    paper.cover(canvas, chance);
    Shape whole = Shape.union(thing.figure().stream().map(Part::shape).toList());
    Shape placed =
        whole
            .turned(chance.between(-0.2, 0.2))
            .scaled(chance.between(0.4, 0.9))
            .at(chance.between(-0.15, 0.15), chance.between(-0.15, 0.15));
    canvas.fill(placed, ink.color());
    return chance.of(
            "a " + thing.name(),
            ink.one() + ' ' + thing.name(),
            "a " + thing.name() + " cut out of " + ink.name() + " paper")
        + paper.behind(chance);
  }
}
