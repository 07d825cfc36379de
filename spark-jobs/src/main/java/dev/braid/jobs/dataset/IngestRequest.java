package dev.braid.jobs.dataset;

import dev.braid.jobs.source.PictureSource;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import java.util.Optional;

/**
 * A source to ingest, and how its pictures are split.
 *
 * @param seed chooses the pictures held out for validation, those held out for the test set if the
 *     source has none, and the shots
 * @param shots training pictures of each class; {@link #ALL} of them if 0
 * @param extended the record of the data set that the pictures are added to; empty if they are one
 *     by themselves
 * @param orientation whether pictures are turned as their EXIF data say
 * @param maxUnreadable the largest share of unusable pictures in a split; they are left out
 */
public record IngestRequest(
    PictureSource source,
    long seed,
    int shots,
    Optional<Digest> extended,
    Orientation orientation,
    double maxUnreadable) {
  /** All training pictures of a class. */
  public static final int ALL = 0;

  private static final double ONE_IN_TWENTY = 0.05;

  public IngestRequest {
    Check.argument(shots >= 0, "Invalid shots: %s (at least 1, or 0 for all)", shots);
    Check.argument(
        shots == ALL || extended.isEmpty(),
        "Invalid shots: %s (0: a data set that is extended keeps all its pictures)",
        shots);
    Check.argument(
        maxUnreadable >= 0 && maxUnreadable < 1,
        "Invalid max-unreadable: %s (0 to below 1)",
        maxUnreadable);
  }

  /** A data set by itself: turns pictures upright, and leaves out one unusable in twenty. */
  public IngestRequest(PictureSource source, long seed, int shots) {
    this(source, seed, shots, Optional.empty(), Orientation.UPRIGHT, ONE_IN_TWENTY);
  }

  /** Keeps all training pictures. */
  public IngestRequest(PictureSource source, long seed) {
    this(source, seed, ALL);
  }

  /** The same pictures, added to a data set. */
  public IngestRequest extending(Digest dataset) {
    return new IngestRequest(source, seed, shots, Optional.of(dataset), orientation, maxUnreadable);
  }
}
