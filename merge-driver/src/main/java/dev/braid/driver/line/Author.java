package dev.braid.driver.line;

import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.record.Publication;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who publishes versions, and when.
 *
 * @param clock provides the time of versions
 * @param publication the provenance of the versions; empty to record none
 */
public record Author(InstantSource clock, Optional<Publication> publication) {
  /** An author without provenance. */
  public static Author at(InstantSource clock) {
    return new Author(clock, Optional.empty());
  }

  /**
   * The user of this process.
   *
   * @param settings digest of the settings in effect
   * @param sparkApplication Spark's id of the application, if Spark was needed
   */
  public static Author ofThisProcess(Digest settings, Optional<String> sparkApplication) {
    return new Author(
        Clock.systemUTC(),
        Optional.of(
            new Publication(
                System.getProperty("user.name", "unknown"),
                Provenance.host(),
                Provenance.codeVersion(),
                settings,
                sparkApplication)));
  }
}
