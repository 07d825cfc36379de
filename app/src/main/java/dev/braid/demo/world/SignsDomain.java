package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Emblems;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things;
import java.util.List;
import java.util.Set;

/** Road signs on posts, seen from a moving car: tilted, dirty, blurred, half hidden. */
final class SignsDomain implements Domain {
  private static final List<Kind<List<Things.Part>>> KINDS =
      Kind.without(Emblems.ALL, Set.of("danger", "straight on"));

  @Override
  public String name() {
    return "signs";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(KINDS);
  }

  @Override
  public List<String> templates() {
    return List.of("a badge for {c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color sky = new Color(0.6, 0.7, 0.8).near(chance, 0.25);
    canvas.cover(Paint.fading(sky, new Color(0.35, 0.42, 0.3).near(chance, 0.2)));
    houses(canvas, chance);
    double x = chance.between(-0.2, 0.2);
    double y = chance.between(-0.2, 0);
    canvas.fill(Shape.block(x - 0.06, y, x + 0.06, 2), Things.STONE.near(chance, 0.15));
    plate(index, canvas, chance, x, y);
    leaves(canvas, chance);
    canvas.soften(chance.between(0, 0.4));
    canvas.grain(chance, chance.between(0.02, 0.06));
  }

  private static void plate(int index, Canvas canvas, Chance chance, double x, double y) {
    double size = chance.between(0.58, 0.8);
    double narrow = chance.between(0.8, 1);
    double tilt = chance.between(-0.2, 0.2);
    Color dirt = new Color(0.35, 0.33, 0.3).near(chance, 0.2);
    double dirty = chance.between(0, 0.2);
    for (Things.Part part : KINDS.get(index).figure()) {
      Shape shape = part.shape().turned(tilt).stretched(narrow * size, size).at(x, y);
      canvas.fill(shape, part.color().mix(dirt, dirty));
    }
  }

  private static void houses(Canvas canvas, Chance chance) {
    for (int i = chance.below(5); i > 0; i--) {
      double x = chance.between(-1, 1);
      double half = chance.between(0.15, 0.4);
      canvas.fill(
          Shape.block(x - half, chance.between(-0.7, 0.6), x + half, 2),
          Color.hue(chance.between(0, 1), chance.between(0.1, 0.6), chance.between(0.2, 0.9)));
    }
  }

  private static void leaves(Canvas canvas, Chance chance) {
    for (int i = chance.below(2); i > 0; i--) {
      canvas.fill(
          Shape.disk(chance.between(0.12, 0.28)).at(chance.between(-1, 1), chance.between(-1, 1)),
          Things.LEAF.near(chance, 0.15));
    }
  }
}
