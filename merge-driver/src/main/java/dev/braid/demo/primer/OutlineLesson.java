package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Figures;
import dev.braid.demo.figure.Kind;

/** One to three equal figures in outline, on coloured paper. */
final class OutlineLesson implements Lesson {
  private static final double[][] PLACES = {{0}, {-0.45, 0.45}, {-0.62, 0, 0.62}};
  private static final String[] COUNTS = {"a", "two", "three"};

  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink paper = Ink.any(chance);
    Ink ink = Ink.on(paper.color(), chance);
    Kind<Shape> kind = Figures.ALL.get(chance.below(Figures.ALL.size()));
    int count = chance.happens(0.6) ? 0 : 1 + chance.below(2);
    canvas.cover(Paint.fading(paper.color(), paper.color().near(chance, 0.2)));
    double size = chance.between(0.4, 0.9) / (1 + 0.75 * count);
    double width = chance.between(0.1, 0.2);
    for (double place : PLACES[count]) {
      Shape figure =
          kind.figure()
              .scaled(size * chance.between(0.9, 1.05))
              .turned(chance.between(-0.3, 0.3))
              .outline(width)
              .at(place + chance.between(-0.12, 0.12), chance.between(-0.25, 0.25) * (1 + count));
      canvas.fill(figure, ink.color());
    }
    return caption(count, ink, kind, chance) + paper.behind(chance);
  }

  private static String caption(int count, Ink ink, Kind<Shape> kind, Chance chance) {
    String name = count == 0 ? kind.name() : plural(kind.name());
    String colored = (count == 0 ? ink.one() : COUNTS[count] + ' ' + ink.name()) + ' ' + name;
    return chance.of(colored, COUNTS[count] + ' ' + name, "the outline of " + colored);
  }

  private static String plural(String name) {
    return name.endsWith("s") ? name + "es" : name + "s";
  }
}
