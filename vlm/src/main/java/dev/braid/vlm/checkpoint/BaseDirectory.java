package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a base; its refusals name the path. */
public record BaseDirectory(Path path) {
  /** Refuses the base for the formatted reason unless the condition holds. */
  public void check(boolean holds, String reason, Object... values) {
    if (!holds) {
      Check.argument(false, "Cannot open the base %s: %s", path, reason.formatted(values));
    }
  }

  public boolean has(String file) {
    return Files.isRegularFile(path.resolve(file));
  }

  /** Reads a whole file into memory; refuses one with more bytes than the limit. */
  public byte[] read(String file, int limit) throws IOException {
    Path resolved = path.resolve(file);
    long size = Files.size(resolved);
    check(size <= limit, "its %s has %s bytes (at most %s)", file, size, limit);
    return Files.readAllBytes(resolved);
  }
}
