package dev.braid.demo.figure;

import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Shape;
import java.util.List;

/** Everyday objects as coloured parts, standing on y = 1 and about 2 high and wide. */
public final class Things {
  public static final Color WOOD = new Color(0.45, 0.3, 0.15);
  public static final Color LEAF = new Color(0.2, 0.5, 0.2);
  public static final Color STONE = new Color(0.5, 0.5, 0.52);
  public static final Color PAINT = new Color(0.8, 0.3, 0.25);
  public static final Color PLASTER = new Color(0.85, 0.78, 0.65);
  public static final Color GLASS = new Color(0.25, 0.3, 0.4);

  public static final List<Kind<List<Part>>> ALL =
      List.of(
          thing(
              "house",
              new Part(Shape.block(-0.7, -0.1, 0.7, 1), PLASTER),
              new Part(Shape.polygon(-0.95, -0.05, 0, -0.95, 0.95, -0.05), PAINT),
              new Part(Shape.block(-0.15, 0.4, 0.2, 1), WOOD),
              new Part(Shape.block(0.35, 0.15, 0.6, 0.45), GLASS)),
          thing(
              "tree",
              new Part(Shape.block(-0.14, 0.1, 0.14, 1), WOOD),
              new Part(Shape.disk(0.62).at(0, -0.3), LEAF)),
          thing(
              "mountain",
              new Part(Shape.polygon(-1, 1, -0.05, -0.95, 1, 1), STONE),
              new Part(
                  Shape.polygon(-0.3, -0.42, -0.05, -0.95, 0.22, -0.42, 0, -0.25), Color.WHITE)),
          thing(
              "boat",
              new Part(Shape.polygon(-0.95, 0.5, 0.95, 0.5, 0.6, 1, -0.6, 1), WOOD),
              new Part(Shape.block(-0.06, -1, 0.06, 0.6), WOOD),
              new Part(Shape.polygon(0.12, -0.9, 0.8, 0.35, 0.12, 0.35), Color.WHITE)),
          thing(
              "car",
              new Part(Shape.block(-1, 0.2, 1, 0.75), PAINT),
              new Part(Shape.polygon(-0.6, 0.25, -0.35, -0.3, 0.35, -0.3, 0.65, 0.25), PAINT),
              new Part(Shape.block(-0.25, -0.15, 0.25, 0.15), GLASS),
              new Part(Shape.disk(0.27).at(-0.55, 0.75), Color.BLACK),
              new Part(Shape.disk(0.27).at(0.55, 0.75), Color.BLACK)),
          thing(
              "cactus",
              new Part(Shape.block(-0.2, -0.9, 0.2, 1), LEAF),
              new Part(Shape.stroke(0.26, -0.1, 0.45, -0.65, 0.45, -0.65, -0.2), LEAF),
              new Part(Shape.stroke(0.26, 0.1, 0.15, 0.65, 0.15, 0.65, -0.5), LEAF)),
          thing(
              "tent",
              new Part(Shape.polygon(-1, 1, 0, -0.6, 1, 1), PAINT),
              new Part(Shape.polygon(-0.28, 1, 0, -0.1, 0.28, 1), GLASS)),
          thing(
              "tower",
              new Part(Shape.block(-0.38, -0.6, 0.38, 1), STONE),
              new Part(Shape.block(-0.55, -0.95, -0.25, -0.4), STONE),
              new Part(Shape.block(-0.14, -0.95, 0.14, -0.4), STONE),
              new Part(Shape.block(0.25, -0.95, 0.55, -0.4), STONE),
              new Part(Shape.block(-0.12, 0.5, 0.12, 1), GLASS)),
          thing(
              "bridge",
              new Part(Shape.block(-1, -0.05, 1, 0.2), STONE),
              new Part(Shape.block(-0.85, 0.1, -0.6, 1), STONE),
              new Part(Shape.block(0.6, 0.1, 0.85, 1), STONE),
              new Part(Shape.disk(0.85).outline(0.14).within(Shape.block(-1, -0.8, 1, 0)), STONE)),
          thing(
              "windmill",
              new Part(Shape.polygon(-0.25, -0.3, 0.25, -0.3, 0.45, 1, -0.45, 1), PLASTER),
              new Part(Shape.box(0.85, 0.09).turned(0.7).at(0, -0.3), WOOD),
              new Part(Shape.box(0.85, 0.09).turned(2.27).at(0, -0.3), WOOD)));

  private Things() {}

  /** A shape in its natural colour. */
  public record Part(Shape shape, Color color) {}

  private static Kind<List<Part>> thing(String name, Part... parts) {
    return new Kind<>(name, List.of(parts));
  }
}
