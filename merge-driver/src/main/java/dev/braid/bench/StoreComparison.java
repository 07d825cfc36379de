package dev.braid.bench;

import dev.braid.store.json.JsonObject;
import java.util.List;

/**
 * How fast a vector is written and read, divided by how fast its bytes are copied.
 *
 * @param bytes the length of the vector
 * @param both of a vector that is written and then read
 */
public record StoreComparison(long bytes, Ratio writing, Ratio reading, Ratio both) {
  /** For people. */
  public List<String> lines() {
    return List.of(
        "a vector of %d MB beside plain files, digests on (speed ratio: median, smallest and largest of 5 turns)"
            .formatted(bytes / 1_000_000),
        "  written %s, read %s, both %s".formatted(writing, reading, both));
  }

  /** For programs. */
  public JsonObject toJson() {
    return new JsonObject()
        .with("bytes", bytes)
        .with("write_ratio", writing.median())
        .with("write_interval", writing.interval())
        .with("read_ratio", reading.median())
        .with("read_interval", reading.interval())
        .with("ratio", both.median())
        .with("interval", both.interval());
  }
}
