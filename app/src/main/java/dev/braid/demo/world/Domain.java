package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import java.util.List;

/** A generated classification data set: its own style, classes, and templates for their names. */
public interface Domain {
  String name();

  List<String> classNames();

  List<String> templates();

  /** Draws a picture of the class with this index. */
  void draw(int index, Canvas canvas, Chance chance);
}
