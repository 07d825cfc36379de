package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Patterns;

/** A painted ball or block with a pattern, in vivid colours on a plain ground. */
final class BallLesson implements Lesson {
  @Override
  public String draw(Canvas canvas, Chance chance) {
    Color ground = Color.any(chance);
    canvas.cover(Paint.plain(ground));
    Ink first = Ink.any(chance);
    Ink second = Ink.on(first.color(), chance);
    Kind<Paint.Field> pattern = Patterns.ALL.get(chance.below(Patterns.ALL.size()));
    boolean ball = chance.happens(0.5);
    double size = chance.between(0.6, 0.9);
    Shape body = ball ? Shape.disk(size) : Shape.box(size * 0.95, size * 0.95);
    Shape placed = body.at(chance.between(-0.15, 0.15), chance.between(-0.15, 0.15));
    canvas.fill(placed.outline(0.2), first.color().mix(Color.BLACK, 0.5));
    canvas.fill(
        placed, Paint.blend(scaled(pattern.figure(), chance), first.color(), second.color()));
    canvas.grain(chance, chance.between(0, 0.06));
    String name = ball ? "a ball" : "a block";
    return chance.of(
        name + " with " + pattern.name(),
        name + " with " + first.name() + " and " + second.name() + ' ' + pattern.name(),
        pattern.name());
  }

  private static Paint.Field scaled(Paint.Field pattern, Chance chance) {
    double rate = chance.between(1.8, 3);
    double dx = chance.between(0, 8);
    double dy = chance.between(0, 8);
    return (x, y) -> pattern.at(x * rate + dx, y * rate + dy);
  }
}
