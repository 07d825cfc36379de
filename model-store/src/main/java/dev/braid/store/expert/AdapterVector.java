package dev.braid.store.expert;

import dev.braid.store.vector.FloatReader;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An adapter's factors, flattened: the line's start plus a delta, if there is one.
 *
 * @param delta the start itself if empty
 */
public record AdapterVector(Supplier<FloatReader> start, Optional<Supplier<FloatReader>> delta) {
  /** Reads the factors from the first on. */
  Values open() {
    return new Values(start.get(), delta.map(Supplier::get));
  }

  /** The sums, in pieces of any length. */
  record Values(FloatReader start, Optional<FloatReader> delta) implements AutoCloseable {
    float[] read(long length) {
      float[] values = new float[Math.toIntExact(length)];
      start.read(values);
      if (delta.isPresent()) {
        float[] moved = new float[values.length];
        delta.get().read(moved);
        for (int j = 0; j < moved.length; j++) {
          values[j] += moved[j];
        }
      }
      return values;
    }

    @Override
    public void close() {
      try (start) {
        delta.ifPresent(FloatReader::close);
      }
    }
  }
}
