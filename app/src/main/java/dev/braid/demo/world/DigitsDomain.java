package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Color;
import dev.braid.demo.draw.Paint;
import dev.braid.demo.draw.Shape;
import dev.braid.demo.figure.Clutter;
import dev.braid.demo.figure.Digits;
import dev.braid.demo.figure.Kind;
import java.util.ArrayList;
import java.util.List;

/** Digits chalked on a dark board with a shaky hand. */
final class DigitsDomain implements Domain {
  @Override
  public String name() {
    return "digits";
  }

  @Override
  public List<String> classNames() {
    return Kind.names(Digits.ALL);
  }

  @Override
  public List<String> templates() {
    return List.of("the number {c}");
  }

  @Override
  public void draw(int index, Canvas canvas, Chance chance) {
    Color board =
        Color.hue(chance.between(0.3, 0.6), chance.between(0, 0.5), chance.between(0.1, 0.3));
    canvas.cover(Paint.fading(board, board.near(chance, 0.06)));
    smear(canvas, chance, board);
    Color chalk = Color.WHITE.mix(Color.any(chance), chance.between(0, 0.4));
    canvas.fill(
        written(Digits.ALL.get(index).figure(), chance), chalk.mix(board, chance.between(0, 0.4)));
    Clutter.scratch(canvas, chance, 0.15, 0.09);
    canvas.grain(chance, chance.between(0.01, 0.06));
  }

  private static Shape written(List<double[]> strokes, Chance chance) {
    double width = chance.between(0.18, 0.4);
    double shake = chance.between(0.02, 0.09);
    List<Shape> lines = new ArrayList<>();
    for (double[] stroke : strokes) {
      double[] shaken = stroke.clone();
      for (int i = 0; i < shaken.length; i++) {
        shaken[i] += shake * chance.normal();
      }
      lines.add(Shape.stroke(width, shaken));
    }
    double size = chance.between(0.65, 0.88);
    return Shape.union(lines)
        .slanted(chance.between(-0.2, 0.2))
        .stretched(size * chance.between(0.75, 1.15), size)
        .turned(chance.between(-0.2, 0.2))
        .at(chance.between(-0.12, 0.12), chance.between(-0.08, 0.08));
  }

  /** Paints traces of wiped-off chalk. */
  private static void smear(Canvas canvas, Chance chance, Color board) {
    for (int i = chance.below(4); i > 0; i--) {
      Shape trace = Shape.box(chance.between(0.2, 0.6), chance.between(0.04, 0.15));
      canvas.fill(
          trace.turned(chance.between(-0.6, 0.6)).at(chance.between(-1, 1), chance.between(-1, 1)),
          board.mix(Color.WHITE, chance.between(0.05, 0.3)));
    }
  }
}
