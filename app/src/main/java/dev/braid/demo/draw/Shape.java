package dev.braid.demo.draw;

import java.util.List;

/**
 * A shape as its signed distance: negative inside, 0 on the edge, positive outside.
 *
 * <p>The canvas reaches from −1 to 1 in both directions, y downwards. With a distance, smooth
 * edges, outlines and unions take one line each. A stretched shape's distance is accurate only near
 * its edge, where it matters.
 */
@FunctionalInterface
public interface Shape {
  double distance(double x, double y);

  static Shape disk(double radius) {
    return (x, y) -> StrictMath.sqrt(x * x + y * y) - radius;
  }

  static Shape box(double halfWidth, double halfHeight) {
    return (x, y) -> {
      double dx = Math.abs(x) - halfWidth;
      double dy = Math.abs(y) - halfHeight;
      double outside = StrictMath.hypot(Math.max(dx, 0), Math.max(dy, 0));
      return outside + Math.min(0, Math.max(dx, dy));
    };
  }

  /** A box given by its sides. */
  static Shape block(double left, double top, double right, double bottom) {
    return box((right - left) / 2, (bottom - top) / 2).at((left + right) / 2, (top + bottom) / 2);
  }

  /** The polygon with the corners x0, y0, x1, y1, … */
  static Shape polygon(double... corners) {
    return (x, y) -> {
      double nearest = Double.MAX_VALUE;
      boolean inside = false;
      for (int i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
        double ax = corners[j];
        double ay = corners[j + 1];
        double bx = corners[i];
        double by = corners[i + 1];
        nearest = Math.min(nearest, squareToSegment(x, y, ax, ay, bx, by));
        if ((by > y) != (ay > y) && x < (ax - bx) * (y - by) / (ay - by) + bx) {
          inside = !inside;
        }
      }
      double distance = StrictMath.sqrt(nearest);
      return inside ? -distance : distance;
    };
  }

  /** The regular polygon with one corner at the top. */
  static Shape regular(int corners, double radius) {
    return star(corners, radius, radius * StrictMath.cos(StrictMath.PI / corners));
  }

  /** The star with one point at the top. */
  static Shape star(int points, double outer, double inner) {
    double[] corners = new double[points * 4];
    for (int i = 0; i < points * 2; i++) {
      double angle = StrictMath.PI * i / points;
      double radius = i % 2 == 0 ? outer : inner;
      corners[2 * i] = radius * StrictMath.sin(angle);
      corners[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return polygon(corners);
  }

  /** A line of the given width through the points x0, y0, x1, y1, … */
  static Shape stroke(double width, double... points) {
    return (x, y) -> {
      double nearest = Double.MAX_VALUE;
      for (int i = 2; i < points.length; i += 2) {
        nearest =
            Math.min(
                nearest,
                squareToSegment(x, y, points[i - 2], points[i - 1], points[i], points[i + 1]));
      }
      return StrictMath.sqrt(nearest) - width / 2;
    };
  }

  /** The union of several shapes. */
  static Shape union(List<Shape> shapes) {
    return (x, y) -> {
      double nearest = Double.MAX_VALUE;
      for (Shape shape : shapes) {
        nearest = Math.min(nearest, shape.distance(x, y));
      }
      return nearest;
    };
  }

  default Shape and(Shape other) {
    return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
  }

  default Shape without(Shape other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }

  default Shape within(Shape other) {
    return (x, y) -> Math.max(distance(x, y), other.distance(x, y));
  }

  /** The edge alone, drawn with a line of the given width. */
  default Shape outline(double width) {
    return (x, y) -> Math.abs(distance(x, y)) - width / 2;
  }

  default Shape at(double dx, double dy) {
    return (x, y) -> distance(x - dx, y - dy);
  }

  /** This shape turned clockwise by an angle in radians. */
  default Shape turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return (x, y) -> distance(cos * x + sin * y, cos * y - sin * x);
  }

  default Shape scaled(double factor) {
    return (x, y) -> factor * distance(x / factor, y / factor);
  }

  default Shape stretched(double horizontally, double vertically) {
    double least = Math.min(horizontally, vertically);
    return (x, y) -> least * distance(x / horizontally, y / vertically);
  }

  /** This shape sheared to the right by a share of the height. */
  default Shape slanted(double share) {
    return (x, y) -> distance(x + share * y, y);
  }

  private static double squareToSegment(
      double x, double y, double ax, double ay, double bx, double by) {
    double ux = bx - ax;
    double uy = by - ay;
    double length = ux * ux + uy * uy;
    double along = length == 0 ? 0 : ((x - ax) * ux + (y - ay) * uy) / length;
    double share = Math.min(1, Math.max(0, along));
    double dx = x - ax - share * ux;
    double dy = y - ay - share * uy;
    return dx * dx + dy * dy;
  }
}
