package dev.braid.jobs.dataset;

import dev.braid.jobs.source.PictureSource;
import dev.braid.model.Check;

/**
 * A source to ingest, and how its pictures are split.
 *
 * @param seed chooses the pictures held out for validation, those held out for the test set if the
 *     source has none, and the shots
 * @param shots training pictures of each class; {@link #ALL} of them if 0
 */
public record IngestRequest(PictureSource source, long seed, int shots) {
  /** All training pictures of a class. */
  public static final int ALL = 0;

  public IngestRequest {
    Check.argument(shots >= 0, "Invalid shots: %s (at least 1, or 0 for all)", shots);
  }

  /** Keeps all training pictures. */
  public IngestRequest(PictureSource source, long seed) {
    this(source, seed, ALL);
  }
}
