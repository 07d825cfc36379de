package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.draw.Shape;
import java.util.List;

/** A digit of seven straight segments on the display of a device. */
final class DisplaySet implements CaptionedSet {
  private static final List<String> NAMES =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  // Segments: top, upper left, upper right, middle, lower left, lower right, bottom.
  private static final List<String> LIT =
      List.of(
          "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010",
          "1111111", "1111011");
  private static final List<Shape> SEGMENTS =
      List.of(
          bar(0, -0.9, true),
          bar(-0.5, -0.45, false),
          bar(0.5, -0.45, false),
          bar(0, 0, true),
          bar(-0.5, 0.45, false),
          bar(0.5, 0.45, false),
          bar(0, 0.9, true));

  @Override
  public String draw(Canvas canvas, Chance chance) {
    Ink back = Ink.any(chance);
    Ink ink = Ink.on(back.color(), chance);
    int digit = chance.below(10);
    back.cover(canvas, chance);
    double size = chance.between(0.45, 0.9);
    double lean = chance.between(0, 0.25);
    double x = chance.between(-0.2, 0.2);
    double y = chance.between(-0.1, 0.1);
    double thick = chance.between(0.02, 0.1);
    for (int segment = 0; segment < SEGMENTS.size(); segment++) {
      if (LIT.get(digit).charAt(segment) == '1') {
        Shape bar = SEGMENTS.get(segment);
        Shape bold = (px, py) -> bar.distance(px, py) - thick;
        canvas.fill(bold.slanted(lean).scaled(size).at(x, y), ink.color());
      }
    }
    String name = NAMES.get(digit);
    return chance.of("the number " + name, ink.one() + " number " + name, name)
        + back.behind(chance);
  }

  private static Shape bar(double x, double y, boolean lying) {
    return (lying ? Shape.box(0.36, 0.05) : Shape.box(0.05, 0.33)).at(x, y);
  }
}
