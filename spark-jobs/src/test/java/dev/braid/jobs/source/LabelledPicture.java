package dev.braid.jobs.source;

import dev.braid.jobs.dataset.Pictures;
import java.io.Serializable;

/**
 * A picture for a source to hold.
 *
 * @param number of the drawing
 */
public record LabelledPicture(SourceSplit split, String className, long number)
    implements Serializable {
  public byte[] encoded() {
    return Pictures.png(number);
  }
}
