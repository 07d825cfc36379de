package dev.braid.report.chart;

/**
 * The style of a chart element: a colour defined by the page, so that dark mode and print can
 * change it, and for series a point shape and a line dash, so that readers need not distinguish
 * colours.
 */
public enum Ink {
  FIRST("#010101", "--series-1", Shape.CIRCLE, "solid"),
  SECOND("#020202", "--series-2", Shape.TRIANGLE, "dashed"),
  THIRD("#030303", "--series-3", Shape.SQUARE, "dotted"),
  FOURTH("#040404", "--series-4", Shape.DIAMOND, "dotdash"),
  /** The other series, behind the highlighted one. */
  CONTEXT("#050505", "--context", Shape.CIRCLE, "solid"),
  GRID("#060606", "--grid", Shape.CIRCLE, "solid"),
  TEXT("#070707", "--muted", Shape.CIRCLE, "solid");

  /** A point's shape: its number in the library and a similar character. */
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

  /** The ink of the series with this index; they repeat after four. */
  public static Ink ofSeries(int index) {
    return values()[index % 4];
  }

  /** The colour as CSS. */
  public String css() {
    return "var(" + property + ")";
  }

  /** A character that looks like the series' points. */
  public String letter() {
    return shape.letter;
  }

  /** The colour in the drawing that {@link Svg} replaces with the page's colour. */
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
