package dev.braid.vlm.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.model.Check;
import java.io.IOException;

/**
 * Reads the preprocessor_config.json of a Hugging Face CLIP directory.
 *
 * <p>A size is a number (old files) or an object. Missing fields have the defaults of Hugging
 * Face's CLIPImageProcessor.
 */
final class PreprocessorParser {
  private static final String FILE = "preprocessor_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BICUBIC = 3;
  private static final int DEFAULT_SIZE = 224;
  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_DEVIATION = {0.26862954, 0.26130258, 0.27577711};

  private PreprocessorParser() {}

  static Preprocessor parse(byte[] json) {
    JsonNode config = read(json);
    for (String step : new String[] {"do_resize", "do_center_crop", "do_rescale", "do_normalize"}) {
      check(config, step, config.path(step).asBoolean(true), "true");
    }
    check(config, "resample", config.path("resample").asInt(BICUBIC) == BICUBIC, "3, bicubic");
    double rescale = config.path("rescale_factor").asDouble(1 / 255.0);
    check(config, "rescale_factor", Math.abs(rescale * 255 - 1) < 1e-6, "1/255");
    int size = size(config, "size", "shortest_edge", "shortest_edge");
    int crop = size(config, "crop_size", "height", "width");
    check(config, "crop_size", crop <= size, "not above size, %s".formatted(size));
    double[] deviation = channels(config, "image_std", CLIP_DEVIATION);
    for (double each : deviation) {
      check(config, "image_std", each > 0, "three positive numbers");
    }
    return new Preprocessor(size, crop, channels(config, "image_mean", CLIP_MEAN), deviation);
  }

  private static JsonNode read(byte[] json) {
    try {
      JsonNode config = JSON.readTree(json);
      Check.argument(config.isObject(), "Cannot read %s: it is not a JSON object", FILE);
      return config;
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read %s: it is not JSON".formatted(FILE), e);
    }
  }

  private static int size(JsonNode config, String key, String side, String otherSide) {
    JsonNode value = config.path(key);
    JsonNode number = value.isObject() ? value.path(side) : value;
    if (value.isMissingNode() || value.isNull()) {
      number = JsonNodeFactory.instance.numberNode(DEFAULT_SIZE);
    }
    boolean square = !value.isObject() || number.equals(value.path(otherSide));
    check(
        config,
        key,
        square && number.isIntegralNumber() && number.canConvertToInt() && number.intValue() > 0,
        "a positive whole number, or an object with %s".formatted(side));
    return number.intValue();
  }

  private static double[] channels(JsonNode config, String key, double[] absent) {
    JsonNode value = config.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    double[] channels = new double[RgbImage.CHANNELS];
    check(
        config,
        key,
        value instanceof ArrayNode && value.size() == channels.length,
        "three numbers");
    for (int i = 0; i < channels.length; i++) {
      check(config, key, value.path(i).isNumber(), "three numbers");
      channels[i] = value.path(i).doubleValue();
    }
    return channels;
  }

  private static void check(JsonNode config, String key, boolean holds, String rule) {
    Check.argument(holds, "Invalid %s in %s: %s (%s)", key, FILE, config.path(key), rule);
  }
}
