package dev.braid.demo.figure;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Shape;

/** Distractions in a picture: scraps and lines. */
public final class Clutter {
  private Clutter() {}

  /** Paints small scraps at random places. */
  public static void scraps(Canvas canvas, Chance chance, int most) {
    int count = chance.below(most + 1);
    for (int i = 0; i < count; i++) {
      double size = chance.between(0.06, 0.18);
      Shape scrap =
          chance.happens(0.5) ? Shape.disk(size) : Shape.box(size, size * chance.between(0.3, 1));
      Shape placed =
          scrap
              .turned(chance.between(0, 3))
              .at(chance.between(-0.95, 0.95), chance.between(-0.95, 0.95));
      canvas.fill(placed, Color.any(chance));
    }
  }

  /** Paints a line across the whole picture with some probability. */
  public static void scratch(Canvas canvas, Chance chance, double probability, double width) {
    if (chance.happens(probability)) {
      Shape line = Shape.box(2, chance.between(width / 2, width) / 2);
      Shape placed = line.turned(chance.between(0, 3)).at(0, chance.between(-0.6, 0.6));
      canvas.fill(placed, Color.any(chance));
    }
  }
}
