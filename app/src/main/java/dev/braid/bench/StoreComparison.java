package dev.braid.bench;

import dev.braid.store.json.JsonObject;
import java.util.List;

/**
 * The speed of writing and reading a vector relative to copying its bytes.
 *
 * @param bytes the length of the vector in bytes
 * @param both the speed of writing and then reading a vector
 */
public record StoreComparison(
    long bytes, int turns, Speed.Ratios writing, Speed.Ratios reading, Speed.Ratios both) {
  /** The comparison as text. */
  public List<String> lines() {
    return List.of(
        "a vector of %d MB compared with plain files, with digests (speed ratio: median, minimum and maximum of %d rounds)"
            .formatted(bytes / 1_000_000, turns),
        "  by wall time: written %s, read %s, both %s"
            .formatted(writing.time(), reading.time(), both.time()),
        "  by CPU time:  written %s, read %s, both %s"
            .formatted(writing.cpu(), reading.cpu(), both.cpu()));
  }

  /** The comparison as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().with("bytes", bytes);
    writing.addTo(json, "write_");
    reading.addTo(json, "read_");
    return both.addTo(json, "");
  }
}
