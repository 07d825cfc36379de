package dev.braid.vlm.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.model.Check;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Reads the preprocessor_config.json of a Hugging Face CLIP directory.
 *
 * <p>A size is a number (old files) or an object. Missing fields have the defaults of Hugging
 * Face's CLIPImageProcessor. A field with null is refused: there it is not the default but turns
 * the step off. Whatever would change a picture and is not understood is refused.
 */
final class PreprocessorParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BICUBIC = 3;
  private static final int DEFAULT_SIZE = 224;
  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_DEVIATION = {0.26862954, 0.26130258, 0.27577711};
  private static final Set<String> STEPS =
      Set.of("do_resize", "do_center_crop", "do_rescale", "do_normalize");

  /** Every picture is converted to RGB; of a picture in RGB that changes nothing. */
  private static final String CONVERSION = "do_convert_rgb";

  private static final Set<String> TYPES =
      Set.of(
          "CLIPImageProcessor",
          "CLIPImageProcessorFast",
          "CLIPImageProcessorPil",
          "CLIPFeatureExtractor");

  private final JsonNode config;
  private final String file;

  private PreprocessorParser(JsonNode config, String file) {
    this.config = config;
    this.file = file;
  }

  static Preprocessor parse(byte[] json, String file) {
    return new PreprocessorParser(read(json, file), file).preprocessor();
  }

  private static JsonNode read(byte[] json, String file) {
    try {
      JsonNode config = JSON.readTree(json);
      Check.argument(config.isObject(), "Cannot read %s: it is not a JSON object", file);
      return config;
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read %s: it is not JSON".formatted(file), e);
    }
  }

  private Preprocessor preprocessor() {
    checkType();
    checkSteps();
    JsonNode resample = field("resample", BICUBIC);
    check("resample", resample.isInt() && resample.intValue() == BICUBIC, "3, bicubic");
    JsonNode rescale = config.path("rescale_factor");
    check(
        "rescale_factor",
        rescale.isMissingNode()
            || (rescale.isNumber() && Math.abs(rescale.doubleValue() * 255 - 1) < 1e-6),
        "1/255");
    int size = side("size", "shortest_edge", "shortest_edge");
    int crop = side("crop_size", "height", "width");
    check("crop_size", crop <= size, "not above size, %s".formatted(size));
    double[] deviation = channels("image_std", CLIP_DEVIATION);
    for (double each : deviation) {
      check("image_std", each > 0, "three positive numbers");
    }
    return new Preprocessor(size, crop, channels("image_mean", CLIP_MEAN), deviation);
  }

  private void checkType() {
    String key =
        config.has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
    JsonNode type = config.path(key);
    check(
        key,
        type.isMissingNode() || type.isNull() || TYPES.contains(type.asText()),
        "CLIPImageProcessor");
  }

  /** The four steps are on; steps of other processors, and their squares, are off. */
  private void checkSteps() {
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      String key = field.getKey();
      JsonNode value = field.getValue();
      if (STEPS.contains(key)) {
        check(key, value.isBoolean() && value.booleanValue(), "true");
      } else if (key.equals(CONVERSION)) {
        check(key, value.isBoolean() || value.isNull(), "true or false");
      } else if (key.startsWith("do_") || key.endsWith("_square") || key.startsWith("use_square")) {
        check(
            key,
            value.isNull() || (value.isBoolean() && !value.booleanValue()),
            "only false is supported");
      }
    }
  }

  /** The side of a square, or the shorter one: a number, or an object with these keys only. */
  private int side(String key, String side, String otherSide) {
    JsonNode value = field(key, DEFAULT_SIZE);
    JsonNode number = value.isObject() ? value.path(side) : value;
    boolean isSquare =
        !value.isObject()
            || (number.equals(value.path(otherSide)) && hasOnly(value, side, otherSide));
    check(
        key,
        isSquare && number.isInt() && number.intValue() > 0,
        "a positive whole number, or an object with %s"
            .formatted(
                side.equals(otherSide) ? side + " only" : side + " and the same " + otherSide));
    return number.intValue();
  }

  private static boolean hasOnly(JsonNode object, String key, String otherKey) {
    return object.properties().stream()
        .allMatch(
            field ->
                field.getKey().equals(key)
                    || field.getKey().equals(otherKey)
                    || field.getValue().isNull());
  }

  private double[] channels(String key, double[] absent) {
    JsonNode value = config.path(key);
    if (value.isMissingNode()) {
      return absent;
    }
    double[] channels = new double[RgbImage.CHANNELS];
    check(key, value instanceof ArrayNode && value.size() == channels.length, "three numbers");
    for (int i = 0; i < channels.length; i++) {
      check(key, value.path(i).isNumber(), "three numbers");
      channels[i] = value.path(i).doubleValue();
    }
    return channels;
  }

  private JsonNode field(String key, int absent) {
    JsonNode value = config.path(key);
    return value.isMissingNode() ? JsonNodeFactory.instance.numberNode(absent) : value;
  }

  private void check(String key, boolean holds, String rule) {
    Check.argument(holds, "Invalid %s in %s: %s (%s)", key, file, config.path(key), rule);
  }
}
