package dev.braid.jobs;

import dev.braid.model.Digest;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Stored unit vectors, of pictures or of classes: one object for each part of them.
 *
 * @param dimension length of a vector
 */
public record Features(int dimension, List<Digest> parts) implements Serializable {
  private static final String JSON = "json";
  private static final String VECTORS = "f32";
  private static final String DIMENSION = "dimension";
  private static final String PARTS = "parts";

  public Features {
    parts = List.copyOf(parts);
  }

  /** The rows of one part: labels, and unit vectors; of classes, the label is the class. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Part(int[] labels, float[][] vectors) {
    /** Some of the rows, by their offsets. */
    Part rows(List<Integer> offsets) {
      return new Part(
          offsets.stream().mapToInt(offset -> labels[offset]).toArray(),
          offsets.stream().map(offset -> vectors[offset]).toArray(float[][]::new));
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

    private static Part of(byte[] stored, int dimension) {
      ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
      int rows = stored.length / Float.BYTES / (1 + dimension);
      Part part = new Part(new int[rows], new float[rows][dimension]);
      for (int row = 0; row < rows; row++) {
        part.labels[row] = bytes.getInt();
      }
      for (float[] vector : part.vectors) {
        for (int i = 0; i < dimension; i++) {
          vector[i] = bytes.getFloat();
        }
      }
      return part;
    }
  }

  static Digest store(Part part, ObjectStore objects) {
    return objects.put(part.toBytes(), VECTORS);
  }

  Part part(int number, ObjectStore objects) {
    try {
      return read(parts.get(number), dimension, objects);
    } catch (CorruptObjectException e) {
      throw e.as("part %s of the features of a split".formatted(number));
    }
  }

  /** One stored part of vectors of this length. */
  static Part read(Digest part, int dimension, ObjectStore objects) {
    return Part.of(objects.read(part, VECTORS), dimension);
  }

  /** True if all parts are in the store. */
  boolean isIn(ObjectStore objects) {
    return parts.stream().allMatch(part -> objects.contains(part, VECTORS));
  }

  Digest store(ObjectStore objects) {
    byte[] json = new JsonObject().with(DIMENSION, dimension).with(PARTS, parts).bytes();
    return objects.put(json, JSON);
  }

  /** The stored features whose JSON has this digest. */
  public static Features load(Digest digest, ObjectStore objects) {
    return JsonFields.read(
        objects.read(digest, JSON),
        objects.location(digest, JSON),
        fields ->
            new Features(
                fields.smallInteger(DIMENSION),
                fields.strings(PARTS).stream().map(Digest::new).toList()));
  }
}
