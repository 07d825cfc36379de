package dev.braid.store.json;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.record.Prototypes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** The JSON of a task's prototypes; a vector is the Base64 of its little-endian float32. */
public final class PrototypesParser {
  private static final String TASK = "task";
  private static final String CLASS_NAMES = "class-names";
  private static final String DIMENSION = "dimension";
  private static final String VECTORS = "vectors";

  private PrototypesParser() {}

  /** The prototypes' canonical JSON. */
  public static byte[] toJson(Prototypes prototypes) {
    int classes = prototypes.classNames().size();
    return new JsonObject()
        .with(TASK, prototypes.task())
        .with(CLASS_NAMES, prototypes.classNames())
        .with(DIMENSION, prototypes.dimension())
        .with(
            VECTORS, IntStream.range(0, classes).mapToObj(k -> text(prototypes.vector(k))).toList())
        .bytes();
  }

  /** The prototypes of a JSON text. */
  public static Prototypes fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, PrototypesParser::prototypes);
  }

  private static Prototypes prototypes(JsonFields fields) {
    List<String> classNames = fields.strings(CLASS_NAMES);
    int dimension = fields.smallInteger(DIMENSION);
    List<String> texts = fields.strings(VECTORS);
    float[] vectors = new float[Math.multiplyExact(texts.size(), dimension)];
    for (int k = 0; k < texts.size(); k++) {
      System.arraycopy(vector(texts.get(k), dimension), 0, vectors, k * dimension, dimension);
    }
    return new Prototypes(new TaskId(fields.string(TASK)), classNames, dimension, vectors);
  }

  private static String text(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] vector(String text, int dimension) {
    byte[] bytes = Base64.getDecoder().decode(text);
    Check.argument(
        bytes.length == dimension * Float.BYTES,
        "Invalid vector: %s bytes (dimension %s)",
        bytes.length,
        dimension);
    float[] vector = new float[dimension];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
