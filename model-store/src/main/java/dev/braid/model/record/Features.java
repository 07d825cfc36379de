package dev.braid.model.record;

import dev.braid.model.Digest;
import java.io.Serializable;
import java.util.List;

/**
 * Stored unit vectors, of pictures or of classes.
 *
 * @param dimension length of a vector
 * @param parts the digest of each chunk of vectors, in order
 */
public record Features(int dimension, List<Digest> parts) implements Serializable {
  public Features {
    parts = List.copyOf(parts);
  }
}
