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
 * A JSON object read field by field, with one sentence for each field that is not as it should.
 *
 * @param older an object that overrules this one down to its defaults; where the two differ in what
 *     is read, the file is refused, for the weights may be of somebody who read the other
 */
public record ConfigReader(String file, ObjectNode fields, Optional<ObjectNode> older) {
  static final JsonMapper JSON =
      JsonMapper.builder(
              // The table of names gives up on many that collide, with an exception of its own.
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ConfigReader(String file, ObjectNode fields) {
    this(file, fields, Optional.empty());
  }

  /** Reads the bytes of a file that holds one JSON object. */
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

  /** The object under the key, overruled by the one under the older key if that is there. */
  public ConfigReader section(String key, String olderKey) {
    boolean overruled = told(fields, olderKey);
    return new ConfigReader(
        file, object(key), overruled ? Optional.of(object(olderKey)) : Optional.empty());
  }

  /** The object under the key; empty if there is none. */
  public ConfigReader section(String key) {
    return new ConfigReader(file, object(key));
  }

  /** Refuses a field that has another value than the one whose JSON is given; see there. */
  public void refuseUnless(Map<String, String> plain) {
    Set<String> others = new HashSet<>();
    fields.fieldNames().forEachRemaining(others::add);
    others.removeAll(plain.keySet());
    refuseOthers(others, plain);
    older.ifPresent(object -> new ConfigReader(file, object).refuseUnless(plain));
  }

  /**
   * Refuses a field that is not known, and one that is known with one value alone and has another.
   *
   * @param plain by their names, the JSON of that value; a null counts as left out
   */
  public void refuseOthers(Set<String> known, Map<String, String> plain) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      String key = field.getKey();
      String value = field.getValue().toString();
      if (!known.contains(key) && !field.getValue().isNull()) {
        String only = plain.getOrDefault(key, "");
        Check.argument(!only.isEmpty(), "Invalid %s in %s: this option is not known", key, file);
        Check.argument(
            value.equals(only), "Invalid %s in %s: %s (only %s is known)", key, file, value, only);
      }
    }
  }

  private ObjectNode object(String key) {
    JsonNode value = fields.path(key);
    if (!told(fields, key)) {
      return JsonNodeFactory.instance.objectNode();
    }
    Check.argument(value.isObject(), "Invalid %s in %s: %s (an object)", key, file, value);
    return (ObjectNode) value;
  }

  private static boolean told(ObjectNode object, String key) {
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

  /** A token id; what an older form of the section leaves it at does not count. */
  public int token(String key, int absent) {
    ObjectNode teller = told(fields, key) ? fields : older.orElse(fields);
    return new ConfigReader(file, teller)
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
    if (!told(fields, key)) {
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

  /** Whether the field is there and true. */
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
    String told = text(key, value);
    Check.argument(told.equals(value), "Invalid %s in %s: %s (%s)", key, file, told, value);
  }

  private JsonNode field(String key, JsonNode absent, String rule, Predicate<JsonNode> holds) {
    if (older.isPresent()) {
      return overruled(key, new ConfigReader(file, older.get()).field(key, absent, rule, holds));
    }
    if (!told(fields, key)) {
      return absent;
    }
    JsonNode value = fields.path(key);
    Check.argument(holds.test(value), "Invalid %s in %s: %s (%s)", key, file, value, rule);
    return value;
  }

  private JsonNode overruled(String key, JsonNode value) {
    Check.argument(
        !told(fields, key) || fields.path(key).equals(value),
        "Invalid %s in %s: %s, but by the older form of the same section it is %s",
        key,
        file,
        fields.path(key),
        value);
    return value;
  }
}
