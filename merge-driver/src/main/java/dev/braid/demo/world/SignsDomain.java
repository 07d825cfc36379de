package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Kind;
import dev.braid.demo.figure.Things;
import java.util.List;

/** Road signs on posts, seen from a moving car: tilted, dirty, blurred, half hidden. */
final class SignsDomain implements Domain {
  private static final Color RED = new Color(0.8, 0.1, 0.12);
  private static final Color BLUE = new Color(0.1, 0.25, 0.7);
  private static final Color YELLOW = new Color(0.95, 0.8, 0.15);
  private static final Color WHITE = Color.WHITE;
  private static final Color BLACK = new Color(0.08, 0.08, 0.08);

  private static final Shape ARROW =
      Shape.block(-0.14, -0.2, 0.14, 0.6).and(Shape.polygon(-0.45, -0.1, 0, -0.65, 0.45, -0.1));
  private static final Shape PLATE = Shape.disk(0.95);
  private static final Shape WARNING = Shape.regular(3, 1.1).at(0, 0.2);

  private static final List<Kind<List<Things.Part>>> ALL =
      List.of(
          sign("stop", part(Shape.regular(8, 1).turned(0.393), RED), part(letters(), WHITE)),
          sign("no entry", part(PLATE, RED), part(Shape.box(0.65, 0.17), WHITE)),
          sign("yield", part(WARNING.turned(3.1416), RED), part(inner().turned(3.1416), WHITE)),
          sign(
              "danger",
              part(WARNING, RED),
              part(inner(), WHITE),
              part(Shape.box(0.08, 0.22).at(0, 0.1).and(Shape.disk(0.09).at(0, 0.48)), BLACK)),
          sign(
              "priority",
              part(Shape.box(0.78, 0.78).turned(0.785), WHITE),
              part(Shape.box(0.55, 0.55).turned(0.785), YELLOW)),
          sign("turn left", part(PLATE, BLUE), part(ARROW.turned(-1.5708), WHITE)),
          sign("turn right", part(PLATE, BLUE), part(ARROW.turned(1.5708), WHITE)),
          sign("straight on", part(PLATE, BLUE), part(ARROW, WHITE)),
          sign(
              "parking",
              part(Shape.box(0.85, 0.85), BLUE),
              part(
                  Shape.block(-0.35, -0.6, -0.1, 0.6)
                      .and(Shape.disk(0.26).outline(0.22).at(0.08, -0.24)),
                  WHITE)),
          sign("road closed", part(PLATE, RED), part(Shape.disk(0.65), WHITE)));

  @Override
  public String name() {
    return "signs";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(ALL);
  }

  @Override
  public List<String> templates() {
    return List.of("a road sign for {c}.", "a sign: {c}.", "the {c} sign at a road.");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color sky = new Color(0.6, 0.7, 0.8).near(chance, 0.25);
    canvas.cover(Paint.fading(sky, new Color(0.35, 0.42, 0.3).near(chance, 0.2)));
    houses(canvas, chance);
    double x = chance.between(-0.3, 0.3);
    double y = chance.between(-0.35, 0.1);
    canvas.fill(Shape.block(x - 0.06, y, x + 0.06, 2), Things.STONE.near(chance, 0.15));
    plate(index, canvas, chance, x, y);
    leaves(canvas, chance);
    canvas.soften(chance.between(0, 0.9));
    canvas.grain(chance, chance.between(0.02, 0.1));
  }

  private static void plate(int index, Canvas canvas, Chance chance, double x, double y) {
    double size = chance.between(0.35, 0.58);
    double narrow = chance.between(0.7, 1);
    double tilt = chance.between(-0.2, 0.2);
    Color dirt = new Color(0.35, 0.33, 0.3).near(chance, 0.2);
    double dirty = chance.between(0, 0.55);
    for (Things.Part part : ALL.get(index).figure()) {
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
    for (int i = chance.below(4); i > 0; i--) {
      canvas.fill(
          Shape.disk(chance.between(0.12, 0.28)).at(chance.between(-1, 1), chance.between(-1, 1)),
          Things.LEAF.near(chance, 0.15));
    }
  }

  private static Shape inner() {
    return Shape.regular(3, 0.68).at(0, 0.22);
  }

  private static Shape letters() {
    Shape mark = Shape.box(0.09, 0.24);
    return mark.at(-0.55, 0).and(mark.at(-0.18, 0)).and(mark.at(0.18, 0)).and(mark.at(0.55, 0));
  }

  private static Kind<List<Things.Part>> sign(String name, Things.Part... parts) {
    return new Kind<>(name, List.of(parts));
  }

  private static Things.Part part(Shape shape, Color color) {
    return new Things.Part(shape, color);
  }
}
