package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Clutter;
import dev.braid.demo.figure.Figures;
import dev.braid.demo.figure.Kind;
import java.util.List;

/** Filled, vivid figures on a gray wall. */
final class ShapesDomain implements Domain {
  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(Figures.ALL);
  }

  @Override
  public List<String> templates() {
    return List.of("a filled {c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color ground =
        Color.hue(chance.between(0, 1), chance.between(0, 0.15), chance.between(0.35, 0.55));
    canvas.cover(Paint.fading(ground, ground.near(chance, 0.15)));
    Clutter.scraps(canvas, chance, 2);
    Shape figure =
        Figures.ALL
            .get(index)
            .figure()
            .stretched(chance.between(0.88, 1), chance.between(0.88, 1))
            .turned(chance.between(-0.12, 0.12))
            .scaled(chance.between(0.72, 0.88))
            .at(chance.between(-0.08, 0.08), chance.between(-0.08, 0.08));
    Color color = Color.hue(chance.between(0, 1), chance.between(0.7, 1), chance.between(0.85, 1));
    canvas.fill(figure, Paint.fading(color, color.near(chance, 0.2)));
    Clutter.scratch(canvas, chance, 0.15, 0.12);
    canvas.grain(chance, chance.between(0.02, 0.08));
  }
}
