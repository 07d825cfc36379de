package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.record.Features;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Some rows of stored features: labels and unit vectors.
 *
 * @param labels of the pictures; for classes, their numbers
 * @param vectors one for each label
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record FeatureChunk(int[] labels, float[][] vectors) {
  private static final String VECTORS = "f32";

  /** Some of the rows, by their offsets. */
  public FeatureChunk rows(List<Integer> offsets) {
    return new FeatureChunk(
        offsets.stream().mapToInt(offset -> labels[offset]).toArray(),
        offsets.stream().map(offset -> vectors[offset]).toArray(float[][]::new));
  }

  /** Stores the rows and returns the digest of their bytes. */
  public Digest store(ObjectStore objects) {
    return objects.put(toBytes(), VECTORS);
  }

  /**
   * One stored chunk.
   *
   * @param dimension length of a vector
   */
  public static FeatureChunk read(Digest chunk, int dimension, ObjectStore objects) {
    return of(objects.read(chunk, VECTORS), dimension);
  }

  /**
   * One chunk of stored features.
   *
   * @throws CorruptObjectException if its bytes are not what was stored
   */
  public static FeatureChunk read(Features features, int number, ObjectStore objects) {
    try {
      return read(features.parts().get(number), features.dimension(), objects);
    } catch (CorruptObjectException e) {
      throw e.as("part %s of the features of a split".formatted(number));
    }
  }

  /** Whether all chunks of the features are in the store. */
  public static boolean contains(ObjectStore objects, Features features) {
    return features.parts().stream().allMatch(chunk -> objects.contains(chunk, VECTORS));
  }

  /** Labels as int32, then vectors as float32, all little-endian. */
  private byte[] toBytes() {
    int values = labels.length == 0 ? 0 : labels.length * (1 + vectors[0].length);
    ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int label : labels) {
      bytes.putInt(label);
    }
    for (float[] vector : vectors) {
      for (float value : vector) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  private static FeatureChunk of(byte[] stored, int dimension) {
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    int rows = stored.length / Float.BYTES / (1 + dimension);
    FeatureChunk chunk = new FeatureChunk(new int[rows], new float[rows][dimension]);
    for (int row = 0; row < rows; row++) {
      chunk.labels[row] = bytes.getInt();
    }
    for (float[] vector : chunk.vectors) {
      for (int i = 0; i < dimension; i++) {
        vector[i] = bytes.getFloat();
      }
    }
    return chunk;
  }
}
