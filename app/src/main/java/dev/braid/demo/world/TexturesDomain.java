package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Paint.Field;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Patterns;
import java.util.List;
import java.util.Set;

/** Faded cloth: a pattern over the whole picture, bent and worn. */
final class TexturesDomain implements Domain {
  private static final List<Kind<Field>> KINDS =
      Kind.without(Patterns.ALL, Set.of("zigzag", "scales"));

  @Override
  public String name() {
    return "textures";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(KINDS);
  }

  @Override
  public List<String> templates() {
    return List.of("{c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color thread =
        Color.hue(chance.between(0, 1), chance.between(0, 0.5), chance.between(0.3, 0.9));
    Color dye = thread.contrasting(chance, 0.4).mix(thread, chance.between(0, 0.2));
    canvas.cover(Paint.blend(bent(KINDS.get(index).figure(), chance), thread, dye));
    wear(canvas, chance, thread);
    canvas.soften(chance.between(0, 0.3));
    canvas.grain(chance, chance.between(0.01, 0.06));
  }

  private static Field bent(Field pattern, Chance chance) {
    double tilt = chance.between(-0.08, 0.08);
    double rate = chance.between(2, 2.7);
    double stretch = chance.between(0.9, 1.1);
    double bow = chance.between(-0.08, 0.08);
    double dx = chance.between(0, 8);
    double dy = chance.between(0, 8);
    return (x, y) ->
        pattern.at((x + tilt * y + bow * y * y) * rate + dx, (y - tilt * x) * rate * stretch + dy);
  }

  private static void wear(Canvas canvas, Chance chance, Color thread) {
    for (int spots = chance.below(3); spots > 0; spots--) {
      canvas.fill(
          Shape.disk(chance.between(0.15, 0.4))
              .stretched(1, chance.between(0.5, 1))
              .at(chance.between(-1, 1), chance.between(-1, 1)),
          thread.near(chance, 0.1));
    }
  }
}
