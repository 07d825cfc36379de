package dev.braid.report.chart;

/**
 * What a chart is drawn with: a colour that the page decides, so that it may differ in the dark and
 * in print, and for series a shape and a dash, so that no colour needs to be told from another.
 */
public enum Ink {
  FIRST("#010101", "--series-1", Shape.CIRCLE, "solid"),
  SECOND("#020202", "--series-2", Shape.TRIANGLE, "dashed"),
  THIRD("#030303", "--series-3", Shape.SQUARE, "dotted"),
  FOURTH("#040404", "--series-4", Shape.DIAMOND, "dotdash"),
  /** Others, behind the one that is meant. */
  CONTEXT("#050505", "--context", Shape.CIRCLE, "solid"),
  GRID("#060606", "--grid", Shape.CIRCLE, "solid"),
  TEXT("#070707", "--muted", Shape.CIRCLE, "solid");

  /** A point's shape: the number that the library knows it by, and a letter that looks so. */
  private enum Shape {
    CIRCLE(16, "●"),
    TRIANGLE(17, "▲"),
    SQUARE(15, "■"),
    DIAMOND(18, "◆");

    private final double number;
    private final String letter;

    Shape(double number, String letter) {
      this.number = number;
      this.letter = letter;
    }
  }

  private final String placeholder;
  private final String property;
  private final Shape shape;
  private final String dash;

  Ink(String placeholder, String property, Shape shape, String dash) {
    this.placeholder = placeholder;
    this.property = property;
    this.shape = shape;
    this.dash = dash;
  }

  /** That of the series with this index; they repeat after four. */
  public static Ink ofSeries(int index) {
    return values()[index % 4];
  }

  /** The colour for a style sheet. */
  public String css() {
    return "var(" + property + ")";
  }

  /** A letter that looks like its points. */
  public String letter() {
    return shape.letter;
  }

  /** The colour that stands in the drawing until {@link Svg} puts the page's in its place. */
  String placeholder() {
    return placeholder;
  }

  double shape() {
    return shape.number;
  }

  String dash() {
    return dash;
  }
}
