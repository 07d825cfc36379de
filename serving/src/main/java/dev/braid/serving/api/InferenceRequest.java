package dev.braid.serving.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request of the Open Inference Protocol: pictures as a tensor "image" of type BYTES.
 *
 * @param id to be repeated in the reply
 * @param parameters of the request, as text
 * @param outputs the tensors that are wanted
 */
record InferenceRequest(
    Optional<String> id,
    Map<String, List<String>> parameters,
    List<byte[]> pictures,
    Set<String> outputs) {
  static final String IMAGE = "image";
  static final String CLASS_NAME = "class_name";
  static final String PROBABILITY = "probability";
  static final String TASK = "task";
  static final List<String> OUTPUTS = List.of(CLASS_NAME, PROBABILITY, TASK);

  private static final int LONGEST_ID = 256;
  private static final String BINARY_SIZE = "binary_data_size";

  /** Reads a request. */
  static InferenceRequest read(Incoming request, Limits limits) {
    byte[] body = request.body();
    int length = request.jsonLength().orElse(body.length);
    if (length < 0 || length > body.length) {
      throw RefusedRequestException.malformed(
          "Invalid Inference-Header-Content-Length: %s (at most the body's %s bytes)",
          length, body.length);
    }
    ObjectNode json = object(Json.read(body, length), "the body");
    return new InferenceRequest(
        id(json),
        parameters(json),
        pictures(image(json), new BinaryTensors(body, length), limits),
        outputs(json));
  }

  private static ObjectNode object(JsonNode json, String what) {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw RefusedRequestException.malformed("Cannot read %s: it is not a JSON object", what);
  }

  private static Optional<String> id(ObjectNode json) {
    JsonNode id = json.path("id");
    if (id.isMissingNode()) {
      return Optional.empty();
    }
    if (!id.isTextual() || id.textValue().length() > LONGEST_ID) {
      throw RefusedRequestException.malformed(
          "Invalid id (a string of at most %s characters)", LONGEST_ID);
    }
    return Optional.of(id.textValue());
  }

  private static Map<String, List<String>> parameters(ObjectNode json) {
    Map<String, List<String>> parameters = new HashMap<>();
    if (json.has("parameters")) {
      for (Map.Entry<String, JsonNode> entry :
          object(json.get("parameters"), "parameters").properties()) {
        if (!entry.getValue().isValueNode()) {
          throw RefusedRequestException.malformed("Invalid parameters: one is no plain value");
        }
        if (!entry.getKey().equals("binary_data_output")) {
          parameters.put(entry.getKey(), List.of(entry.getValue().asText()));
        }
      }
    }
    return parameters;
  }

  private static ObjectNode image(ObjectNode json) {
    JsonNode inputs = json.path("inputs");
    if (!inputs.isArray() || inputs.size() != 1) {
      throw RefusedRequestException.malformed("Invalid inputs (one tensor, '%s')", IMAGE);
    }
    ObjectNode image = object(inputs.get(0), "the input");
    if (!image.path("name").asText().equals(IMAGE)
        || !image.path("datatype").asText().equals("BYTES")) {
      throw RefusedRequestException.malformed(
          "Invalid input (the tensor '%s' of type BYTES)", IMAGE);
    }
    return image;
  }

  private static List<byte[]> pictures(ObjectNode image, BinaryTensors binary, Limits limits) {
    int count = count(image, limits);
    JsonNode size = image.path("parameters").path(BINARY_SIZE);
    List<byte[]> pictures =
        size.isMissingNode() ? decoded(image.path("data"), limits) : binary.read(size, limits);
    if (pictures.size() != count) {
      throw RefusedRequestException.malformed(
          "Invalid input: its shape says %s pictures, its data are %s", count, pictures.size());
    }
    return pictures;
  }

  /** The number of pictures, of a shape [n] or [n, 1]. */
  private static int count(ObjectNode image, Limits limits) {
    JsonNode shape = image.path("shape");
    boolean isShape =
        shape.isArray()
            && (shape.size() == 1 || (shape.size() == 2 && shape.get(1).asInt() == 1))
            && shape.get(0).canConvertToInt()
            && shape.get(0).isIntegralNumber();
    if (!isShape || shape.get(0).intValue() < 1) {
      throw RefusedRequestException.malformed("Invalid shape ([n] with n of at least 1)");
    }
    if (shape.get(0).intValue() > limits.pictures()) {
      throw new RefusedRequestException(
          413,
          "Too many pictures: %s (at most %s)"
              .formatted(shape.get(0).intValue(), limits.pictures()));
    }
    return shape.get(0).intValue();
  }

  private static List<byte[]> decoded(JsonNode data, Limits limits) {
    if (!data.isArray() || data.size() > limits.pictures()) {
      throw RefusedRequestException.malformed(
          "Invalid data (an array of at most %s base64 strings)", limits.pictures());
    }
    List<byte[]> pictures = new ArrayList<>();
    for (JsonNode element : data) {
      try {
        pictures.add(Base64.getDecoder().decode(element.asText()));
      } catch (IllegalArgumentException e) {
        throw RefusedRequestException.malformed("Invalid data: one is no base64");
      }
    }
    return pictures;
  }

  private static Set<String> outputs(ObjectNode json) {
    if (!json.has("outputs")) {
      return new LinkedHashSet<>(OUTPUTS);
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (JsonNode output : json.get("outputs")) {
      wanted.add(output.path("name").asText());
    }
    if (wanted.isEmpty() || !OUTPUTS.containsAll(wanted)) {
      throw RefusedRequestException.malformed("Invalid outputs (some of %s)", OUTPUTS);
    }
    return wanted;
  }
}
