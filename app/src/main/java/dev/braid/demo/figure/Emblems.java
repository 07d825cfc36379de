package dev.braid.demo.figure;

import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Things.Part;
import java.util.List;

/** Traffic emblems: plates with a mark, in a circle of radius 1. */
public final class Emblems {
  private static final Color RED = new Color(0.8, 0.1, 0.12);
  private static final Color BLUE = new Color(0.1, 0.25, 0.7);
  private static final Color YELLOW = new Color(0.95, 0.8, 0.15);
  private static final Color WHITE = Color.WHITE;
  private static final Color BLACK = new Color(0.08, 0.08, 0.08);

  /** An arrow that points up. */
  public static final Shape ARROW =
      Shape.block(-0.14, -0.2, 0.14, 0.6).and(Shape.polygon(-0.45, -0.1, 0, -0.65, 0.45, -0.1));

  private static final Shape PLATE = Shape.disk(0.95);
  private static final Shape WARNING = Shape.regular(3, 1.1).at(0, 0.2);

  public static final List<Kind<List<Part>>> ALL =
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

  private Emblems() {}

  private static Shape inner() {
    return Shape.regular(3, 0.68).at(0, 0.22);
  }

  private static Shape letters() {
    Shape mark = Shape.box(0.09, 0.24);
    return mark.at(-0.55, 0).and(mark.at(-0.18, 0)).and(mark.at(0.18, 0)).and(mark.at(0.55, 0));
  }

  private static Kind<List<Part>> sign(String name, Part... parts) {
    return new Kind<>(name, List.of(parts));
  }

  private static Part part(Shape shape, Color color) {
    return new Part(shape, color);
  }
}
