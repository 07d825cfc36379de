package dev.braid.jobs.dataset;

import dev.braid.jobs.source.PictureSource;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import java.util.Optional;

/**
 * A source to ingest, and how its pictures are split.
 *
 * @param seed chooses the pictures held out for validation, those held out for the test set if the
 *     source has none, and the shots
 * @param shots training pictures of each class; {@link #ALL} of them if 0
 * @param extended the record of the data set that the pictures are added to; empty if they are one
 *     by themselves
 */
public record IngestRequest(PictureSource source, long seed, int shots, Optional<Digest> extended) {
  /** All training pictures of a class. */
  public static final int ALL = 0;

  public IngestRequest {
    Check.argument(shots >= 0, "Invalid shots: %s (at least 1, or 0 for all)", shots);
    Check.argument(
        shots == ALL || extended.isEmpty(),
        "Invalid shots: %s (0: a data set that is extended keeps all its pictures)",
        shots);
  }

  /** A data set by itself. */
  public IngestRequest(PictureSource source, long seed, int shots) {
    this(source, seed, shots, Optional.empty());
  }

  /** Keeps all training pictures. */
  public IngestRequest(PictureSource source, long seed) {
    this(source, seed, ALL);
  }
}
