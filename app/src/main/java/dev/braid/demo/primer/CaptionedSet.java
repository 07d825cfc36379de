package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;

/** One style of captioned pictures. */
@FunctionalInterface
interface CaptionedSet {
  /** Draws a picture and returns its caption. */
  String draw(Canvas canvas, Chance chance);
}
