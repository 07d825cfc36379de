package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things;
import java.util.List;

/** Small painted landscapes with one thing in them, by day, at dusk and at night. */
final class ScenesDomain implements Domain {
  @Override
  public String name() {
    return "scenes";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(Things.ALL);
  }

  @Override
  public List<String> templates() {
    return List.of("a {c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Light light = Light.of(chance);
    double horizon = chance.between(0.2, 0.45);
    canvas.cover(Paint.fading(light.zenith(), light.horizon()));
    if (chance.happens(0.5)) {
      canvas.fill(
          Shape.disk(chance.between(0.1, 0.2)).at(chance.between(-0.9, 0.9), -0.75),
          light.tint(new Color(1, 0.95, 0.7)));
    }
    hills(canvas, chance, light, horizon);
    canvas.fill(Shape.block(-2, horizon, 2, 2), light.tint(ground(chance)));
    thing(index, canvas, chance, light, horizon);
    bushes(canvas, chance, light);
    canvas.soften(chance.between(0, 0.5));
    canvas.grain(chance, chance.between(0.01, 0.05));
  }

  private static void thing(int index, Canvas canvas, Chance chance, Light light, double horizon) {
    double size = chance.between(0.68, 0.8);
    double x = chance.between(-0.12, 0.12);
    double y = horizon + chance.between(0.25, 0.4) - size;
    double mirror = chance.happens(0.5) ? 1 : -1;
    double lean = chance.between(-0.06, 0.06);
    Color change = Color.any(chance);
    double share = chance.between(0, 0.35);
    for (Things.Part part : Things.ALL.get(index).figure()) {
      Shape flipped = (px, py) -> part.shape().distance(mirror * px, py);
      canvas.fill(
          flipped.slanted(lean).scaled(size).at(x, y), light.tint(part.color().mix(change, share)));
    }
  }

  private static void hills(Canvas canvas, Chance chance, Light light, double horizon) {
    for (int i = chance.below(4); i > 0; i--) {
      Shape hill = Shape.disk(chance.between(0.3, 0.7)).stretched(1.5, chance.between(0.4, 1));
      Color color = Things.LEAF.mix(Things.STONE, chance.between(0, 1));
      canvas.fill(
          hill.at(chance.between(-1, 1), horizon + chance.between(0.1, 0.4)),
          light.tint(color).mix(light.horizon(), 0.4));
    }
  }

  private static void bushes(Canvas canvas, Chance chance, Light light) {
    for (int i = chance.below(5); i > 0; i--) {
      Shape bush = Shape.disk(chance.between(0.08, 0.25)).stretched(1, 0.8);
      canvas.fill(
          bush.at(chance.between(-1, 1), chance.between(0.6, 1)),
          light.tint(Things.LEAF.near(chance, 0.2)));
    }
  }

  private static Color ground(Chance chance) {
    return chance
        .of(
            new Color(0.4, 0.6, 0.25),
            new Color(0.8, 0.7, 0.45),
            new Color(0.25, 0.45, 0.65),
            new Color(0.85, 0.87, 0.9))
        .near(chance, 0.08);
  }

  /** The time of day: the sky's two colours and the tint of every other colour. */
  private record Light(Color zenith, Color horizon, Color shade, double share) {
    static Light of(Chance chance) {
      return switch (chance.below(3)) {
        case 0 ->
            new Light(
                new Color(0.3, 0.55, 0.9).near(chance, 0.1),
                new Color(0.75, 0.87, 0.97).near(chance, 0.05),
                Color.WHITE,
                chance.between(0, 0.15));
        case 1 ->
            new Light(
                new Color(0.4, 0.3, 0.55).near(chance, 0.1),
                new Color(0.95, 0.6, 0.35).near(chance, 0.1),
                new Color(0.8, 0.35, 0.2),
                chance.between(0.1, 0.35));
        default ->
            new Light(
                new Color(0.03, 0.05, 0.18).near(chance, 0.03),
                new Color(0.15, 0.2, 0.4).near(chance, 0.05),
                new Color(0.05, 0.07, 0.2),
                chance.between(0.3, 0.5));
      };
    }

    Color tint(Color color) {
      return color.mix(shade, share);
    }
  }
}
