package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import java.util.List;

/** A colour with its name. */
record Ink(String name, Color color) {
  private static final List<Ink> ALL =
      List.of(
          new Ink("red", new Color(0.85, 0.12, 0.12)),
          new Ink("orange", new Color(0.95, 0.55, 0.1)),
          new Ink("yellow", new Color(0.95, 0.88, 0.2)),
          new Ink("green", new Color(0.15, 0.6, 0.2)),
          new Ink("blue", new Color(0.15, 0.3, 0.85)),
          new Ink("purple", new Color(0.5, 0.2, 0.65)),
          new Ink("pink", new Color(0.95, 0.55, 0.75)),
          new Ink("brown", new Color(0.45, 0.28, 0.12)),
          new Ink("gray", new Color(0.5, 0.5, 0.5)),
          new Ink("black", new Color(0.06, 0.06, 0.06)),
          new Ink("white", new Color(0.97, 0.97, 0.97)));

  /** A random named colour in one of its shades. */
  static Ink any(Chance chance) {
    Ink ink = ALL.get(chance.below(ALL.size()));
    return new Ink(ink.name, ink.color.near(chance, 0.08));
  }

  /** A random named colour that stands out from a ground. */
  static Ink on(Color ground, Chance chance) {
    Ink ink = any(chance);
    while (ink.difference(ground) < 0.5) {
      ink = any(chance);
    }
    return ink;
  }

  /** Covers a canvas unevenly with this colour: it fades, with patches of other shades. */
  void cover(Canvas canvas, Chance chance) {
    canvas.cover(Paint.fading(color, color.near(chance, 0.2)));
    if (chance.happens(0.4)) {
      for (int i = 1 + chance.below(4); i > 0; i--) {
        double size = chance.between(0.15, 0.6);
        Shape patch = chance.happens(0.5) ? Shape.disk(size) : Shape.box(size, size * 0.7);
        canvas.fill(
            patch.at(chance.between(-1, 1), chance.between(-1, 1)), color.near(chance, 0.3));
      }
    }
  }

  /** The name with its article. */
  String one() {
    return (name.equals("orange") ? "an " : "a ") + name;
  }

  /** The part of a caption about a ground of this colour, which may be empty. */
  String behind(Chance chance) {
    return chance.happens(0.4) ? " on " + name : "";
  }

  private double difference(Color other) {
    return Math.abs(color.red() - other.red())
        + Math.abs(color.green() - other.green())
        + Math.abs(color.blue() - other.blue());
  }
}
