package dev.braid.demo.figure;

import dev.braid.demo.draw.Shape;
import java.util.List;

/** Plain geometric figures that fill a circle of radius 1. */
public final class Figures {
  public static final List<Kind<Shape>> ALL =
      List.of(
          new Kind<>("circle", Shape.disk(0.9)),
          new Kind<>("square", Shape.box(0.75, 0.75)),
          new Kind<>("triangle", Shape.regular(3, 1).at(0, 0.2)),
          new Kind<>("star", Shape.star(5, 1, 0.42)),
          new Kind<>("hexagon", Shape.regular(6, 0.95)),
          new Kind<>("cross", Shape.box(0.9, 0.28).and(Shape.box(0.28, 0.9))),
          new Kind<>("crescent", Shape.disk(0.9).without(Shape.disk(0.8).at(0.42, -0.1))),
          new Kind<>("ring", Shape.disk(0.72).outline(0.4)),
          new Kind<>("heart", heart()),
          new Kind<>("diamond", Shape.polygon(0, -1, 0.65, 0, 0, 1, -0.65, 0)));

  private Figures() {}

  private static Shape heart() {
    Shape lobes = Shape.disk(0.45).at(-0.42, -0.35).and(Shape.disk(0.45).at(0.42, -0.35));
    return lobes.and(Shape.polygon(-0.8, -0.13, 0, -0.45, 0.8, -0.13, 0, 0.9));
  }
}
