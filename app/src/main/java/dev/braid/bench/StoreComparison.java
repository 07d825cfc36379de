package dev.braid.bench;

import dev.braid.store.json.JsonObject;
import java.util.List;

/**
 * How fast a vector is written and read, divided by how fast its bytes are copied.
 *
 * @param bytes the length of the vector
 * @param both of a vector that is written and then read
 */
public record StoreComparison(
    long bytes, int turns, Speed.Ratios writing, Speed.Ratios reading, Speed.Ratios both) {
  /** For people. */
  public List<String> lines() {
    return List.of(
        "a vector of %d MB beside plain files, digests on (speed ratio: median, smallest and largest of %d turns)"
            .formatted(bytes / 1_000_000, turns),
        "  by the clock: written %s, read %s, both %s"
            .formatted(writing.time(), reading.time(), both.time()),
        "  by CPU time:  written %s, read %s, both %s"
            .formatted(writing.cpu(), reading.cpu(), both.cpu()));
  }

  /** For programs. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().with("bytes", bytes);
    writing.addTo(json, "write_");
    reading.addTo(json, "read_");
    return both.addTo(json, "");
  }
}
