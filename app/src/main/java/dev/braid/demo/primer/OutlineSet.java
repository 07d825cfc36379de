package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Figures;
import dev.braid.demo.figure.Kind;

/**
 * One to three equal figures in outline, sometimes filled with another colour, on coloured paper.
 */
final class OutlineSet implements CaptionedSet {
  private static final double[][] PLACES = {{0}, {-0.45, 0.45}, {-0.62, 0, 0.62}};
  private static final String[] COUNTS = {"a", "two", "three"};

  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink paper = Ink.any(chance);
    Ink ink = Ink.on(paper.color(), chance);
    Kind<Shape> kind = Figures.ALL.get(chance.below(Figures.ALL.size()));
    int count = chance.happens(0.6) ? 0 : 1 + chance.below(2);
    paper.cover(canvas, chance);
    double size = chance.between(0.4, 0.9) / (1 + 0.75 * count);
    double width = chance.between(0.1, 0.2);
    boolean filled = chance.happens(0.35);
    Ink inside = Ink.on(ink.color(), chance);
    for (double place : PLACES[count]) {
      Shape figure =
          kind.figure()
              .scaled(size * chance.between(0.9, 1.05))
              .turned(chance.between(-0.3, 0.3))
              .at(place + chance.between(-0.12, 0.12), chance.between(-0.25, 0.25) * (1 + count));
      if (filled) {
        canvas.fill(figure, inside.color());
      }
      canvas.fill(figure.outline(width), ink.color());
    }
    String caption =
        filled
            ? caption(count, inside, "a filled " + kind.name(), kind, chance)
            : caption(count, ink, "the outline of " + named(count, ink, kind), kind, chance);
    return caption + paper.behind(chance);
  }

  private static String caption(int count, Ink ink, String style, Kind<Shape> kind, Chance chance) {
    return chance.of(named(count, ink, kind), COUNTS[count] + ' ' + name(count, kind), style);
  }

  private static String named(int count, Ink ink, Kind<Shape> kind) {
    return (count == 0 ? ink.one() : COUNTS[count] + ' ' + ink.name()) + ' ' + name(count, kind);
  }

  private static String name(int count, Kind<Shape> kind) {
    return count == 0 ? kind.name() : plural(kind.name());
  }

  private static String plural(String name) {
    return name.endsWith("s") ? name + "es" : name + "s";
  }
}
