package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Figures;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Patterns;

/** A figure filled with a pattern in two vivid colours, with a dark rim. */
final class PatternSet implements CaptionedSet {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink ground = Ink.any(chance);
    ground.cover(canvas, chance);
    Ink first = Ink.any(chance);
    Ink second = Ink.on(first.color(), chance);
    Kind<Paint.Field> pattern = Patterns.ALL.get(chance.below(Patterns.ALL.size()));
    Kind<Shape> body = Figures.ALL.get(chance.below(Figures.ALL.size()));
    Shape placed =
        body.figure()
            .scaled(chance.between(0.6, 1.1))
            .turned(chance.between(-0.3, 0.3))
            .at(chance.between(-0.15, 0.15), chance.between(-0.15, 0.15));
    canvas.fill(placed.outline(0.16), first.color().mix(Color.BLACK, 0.5));
    canvas.fill(
        placed, Paint.blend(scaled(pattern.figure(), chance), first.color(), second.color()));
    String name = "a " + body.name() + " with ";
    String colors = first.name() + " and " + second.name() + ' ';
    return chance.of(name + pattern.name(), name + colors + pattern.name(), pattern.name())
        + ground.behind(chance);
  }

  private static Paint.Field scaled(Paint.Field pattern, Chance chance) {
    double rate = chance.between(1.8, 3);
    double dx = chance.between(0, 8);
    double dy = chance.between(0, 8);
    return (x, y) -> pattern.at(x * rate + dx, y * rate + dy);
  }
}
