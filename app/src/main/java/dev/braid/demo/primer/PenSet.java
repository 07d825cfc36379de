package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Digits;
import dev.braid.demo.figure.Kind;
import java.util.List;

/** A digit in neat pen strokes on light lined paper. */
final class PenSet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    double light = chance.happens(0.25) ? chance.between(0.05, 0.3) : chance.between(0.85, 1);
    Color paper = Color.hue(chance.between(0, 1), chance.between(0, 0.25), light);
    canvas.cover(Paint.plain(paper));
    double gap = chance.between(0.3, 0.5);
    Color lines = paper.mix(new Color(0.3, 0.5, 0.8), chance.between(0.2, 0.6));
    for (double y = -1 + chance.between(0, 0.3); y < 1; y += gap) {
      canvas.fill(Shape.block(-2, y, 2, y + 0.05), lines);
    }
    Ink ink = Ink.on(paper, chance);
    Kind<List<double[]>> digit = Digits.ALL.get(chance.below(Digits.ALL.size()));
    double width = chance.between(0.13, 0.3);
    Shape written =
        Shape.union(digit.figure().stream().map(stroke -> Shape.stroke(width, stroke)).toList());
    double size = chance.between(0.5, 0.85);
    canvas.fill(
        written
            .slanted(chance.between(-0.15, 0.3))
            .scaled(size)
            .at(chance.between(-0.25, 0.25), chance.between(-0.12, 0.12)),
        ink.color());
    String name = digit.name();
    return chance.of("the number " + name, ink.one() + " number " + name, name + " on paper");
  }
}
