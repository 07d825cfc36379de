package dev.braid.jobs.source;

import dev.braid.jobs.dataset.Pictures;
import java.io.Serializable;

/**
 * A picture for a source to hold.
 *
 * @param number of the drawing
 */
record LabelledPicture(SourceSplit split, String className, long number) implements Serializable {
  byte[] encoded() {
    return Pictures.png(number);
  }
}
