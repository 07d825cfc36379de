package dev.braid.vlm.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the fields of a JSON object and refuses invalid ones, each with a message of one sentence.
 *
 * @param older an object that overrides this one including its defaults; a file in which a field
 *     that is read differs between the two is refused, because the weights may belong to either
 */
public record ConfigReader(String file, ObjectNode fields, Optional<ObjectNode> older) {
  static final JsonMapper JSON =
      JsonMapper.builder(
              // With many colliding names the table of field names throws an exception of its own.
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ConfigReader(String file, ObjectNode fields) {
    this(file, fields, Optional.empty());
  }

  /** Parses a file that holds one JSON object. */
  public static ConfigReader parse(String file, byte[] json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode fields) {
        return new ConfigReader(file, fields);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read %s: it is not JSON".formatted(file), e);
    }
    throw new IllegalArgumentException("Cannot read %s: it is not a JSON object".formatted(file));
  }

  /** The object under the key, overridden by the one under the older key if there is one. */
  public ConfigReader section(String key, String olderKey) {
    boolean overridden = isSet(fields, olderKey);
    return new ConfigReader(
        file, object(key), overridden ? Optional.of(object(olderKey)) : Optional.empty());
  }

  /** The object under the key; empty if there is none. */
  public ConfigReader section(String key) {
    return new ConfigReader(file, object(key));
  }

  /** Refuses each of these fields if its value differs from the given JSON. */
  public void refuseUnless(Map<String, String> plain) {
    Set<String> others = new HashSet<>();
    fields.fieldNames().forEachRemaining(others::add);
    others.removeAll(plain.keySet());
    refuseOthers(others, plain);
    older.ifPresent(object -> new ConfigReader(file, object).refuseUnless(plain));
  }

  /**
   * Refuses unknown fields, and fields that support only one value and have another.
   *
   * @param plain the JSON of that one value, by the field's name; null counts as absent
   */
  public void refuseOthers(Set<String> known, Map<String, String> plain) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      String key = field.getKey();
      String value = field.getValue().toString();
      if (!known.contains(key) && !field.getValue().isNull()) {
        String only = plain.getOrDefault(key, "");
        Check.argument(
            !only.isEmpty(), "Invalid %s in %s: this option is not supported", key, file);
        Check.argument(
            value.equals(only),
            "Invalid %s in %s: %s (only %s is supported)",
            key,
            file,
            value,
            only);
      }
    }
  }

  private ObjectNode object(String key) {
    JsonNode value = fields.path(key);
    if (!isSet(fields, key)) {
      return JsonNodeFactory.instance.objectNode();
    }
    Check.argument(value.isObject(), "Invalid %s in %s: %s (an object)", key, file, value);
    return (ObjectNode) value;
  }

  private static boolean isSet(ObjectNode object, String key) {
    return !object.path(key).isMissingNode() && !object.path(key).isNull();
  }

  public int positive(String key, int absent) {
    return field(
            key,
            JsonNodeFactory.instance.numberNode(absent),
            "a positive integer",
            n -> n.isIntegralNumber() && n.canConvertToInt() && n.intValue() > 0)
        .intValue();
  }

  /** A token id; the default of an older form of the section does not override it. */
  public int token(String key, int absent) {
    ObjectNode holder = isSet(fields, key) ? fields : older.orElse(fields);
    return new ConfigReader(file, holder)
        .field(
            key,
            JsonNodeFactory.instance.numberNode(absent),
            "a token id",
            n -> n.isIntegralNumber() && n.canConvertToInt() && n.intValue() >= 0)
        .intValue();
  }

  public double number(String key, double absent) {
    return field(key, JsonNodeFactory.instance.numberNode(absent), "a number", JsonNode::isNumber)
        .doubleValue();
  }

  /** A positive integer, or a list of two that are equal. */
  public int side(String key, int absent) {
    JsonNode sides = fields.path(key);
    if (sides.isArray() && sides.size() == 2 && sides.path(0).equals(sides.path(1))) {
      return new ConfigReader(file, fields.objectNode().set(key, sides.path(0))).side(key, absent);
    }
    return positive(key, absent);
  }

  public List<Double> numbers(String key, List<Double> absent) {
    if (!isSet(fields, key)) {
      return absent;
    }
    JsonNode list = fields.path(key);
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : list) {
      Check.argument(number.isNumber(), "Invalid %s in %s: %s (numbers)", key, file, list);
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /** Whether the field is present and true. */
  public boolean flag(String key) {
    return field(key, BooleanNode.FALSE, "true or false", JsonNode::isBoolean).booleanValue();
  }

  public String text(String key, String absent) {
    return field(key, JsonNodeFactory.instance.textNode(absent), "a text", JsonNode::isTextual)
        .textValue();
  }

  /** The object under the key, whose values are texts. */
  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(key).properties()) {
      Check.argument(
          entry.getValue().isTextual(),
          "Invalid %s in %s: %s has %s (a text)",
          key,
          file,
          entry.getKey(),
          entry.getValue());
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }

  public void requireIfPresent(String key, String value) {
    String actual = text(key, value);
    Check.argument(actual.equals(value), "Invalid %s in %s: %s (%s)", key, file, actual, value);
  }

  private JsonNode field(String key, JsonNode absent, String rule, Predicate<JsonNode> holds) {
    if (older.isPresent()) {
      return overridden(key, new ConfigReader(file, older.get()).field(key, absent, rule, holds));
    }
    if (!isSet(fields, key)) {
      return absent;
    }
    JsonNode value = fields.path(key);
    Check.argument(holds.test(value), "Invalid %s in %s: %s (%s)", key, file, value, rule);
    return value;
  }

  private JsonNode overridden(String key, JsonNode value) {
    Check.argument(
        !isSet(fields, key) || fields.path(key).equals(value),
        "Invalid %s in %s: %s, but by the older form of the same section it is %s",
        key,
        file,
        fields.path(key),
        value);
    return value;
  }
}
