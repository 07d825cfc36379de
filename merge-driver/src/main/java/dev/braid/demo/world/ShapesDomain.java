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

/** Filled, vivid figures on a plain ground. */
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
    return List.of("a filled {c}.", "a {c}.", "a {c} on a plain ground.");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color ground = Color.any(chance);
    canvas.cover(Paint.fading(ground, ground.near(chance, 0.15)));
    Clutter.scraps(canvas, chance, 6);
    Shape figure =
        Figures.ALL
            .get(index)
            .figure()
            .stretched(chance.between(0.75, 1), chance.between(0.75, 1))
            .turned(chance.between(-0.4, 0.4))
            .scaled(chance.between(0.35, 0.75))
            .at(chance.between(-0.3, 0.3), chance.between(-0.3, 0.3));
    Color color = ground.contrasting(chance, 0.2);
    canvas.fill(figure, Paint.fading(color, color.near(chance, 0.2)));
    Clutter.scratch(canvas, chance, 0.4, 0.25);
    canvas.grain(chance, chance.between(0.02, 0.12));
  }
}
