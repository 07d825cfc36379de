package dev.braid.jobs.dataset;

import dev.braid.jobs.source.PictureSource;
import dev.braid.model.Check;
import dev.braid.model.Orientation;

/**
 * A source to ingest, and how its pictures are split.
 *
 * @param seed chooses the pictures held out for validation, those held out for the test set if the
 *     source has none, and the shots
 * @param shots training pictures of each class; {@link #ALL} of them if 0
 * @param orientation whether pictures are turned as their EXIF data say
 * @param maxUnreadable the largest share of undecodable pictures in a split; they are left out
 */
public record IngestRequest(
    PictureSource source, long seed, int shots, Orientation orientation, double maxUnreadable) {
  /** All training pictures of a class. */
  public static final int ALL = 0;

  public IngestRequest {
    Check.argument(shots >= 0, "Invalid shots: %s (at least 1, or 0 for all)", shots);
    Check.argument(
        maxUnreadable >= 0 && maxUnreadable < 1,
        "Invalid max-unreadable: %s (0 to below 1)",
        maxUnreadable);
  }

  /** Turns pictures upright, and leaves out one undecodable picture in twenty. */
  public IngestRequest(PictureSource source, long seed, int shots) {
    this(source, seed, shots, Orientation.UPRIGHT, 0.05);
  }

  /** Keeps all training pictures. */
  public IngestRequest(PictureSource source, long seed) {
    this(source, seed, ALL);
  }
}
