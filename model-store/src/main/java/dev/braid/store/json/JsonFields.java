package dev.braid.store.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Digest;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a JSON object strictly: every field must be there, be of its type, and be asked for. */
public final class JsonFields {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final String file;
  private final String prefix;
  private final ObjectNode node;
  private final Set<String> asked = new HashSet<>();

  private JsonFields(String file, String prefix, ObjectNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  /**
   * Makes a value of a JSON text.
   *
   * @param file what is being read, for messages
   * @throws StoreFormatException if a field is missing, unknown, of another type, or refused
   */
  public static <T> T read(byte[] json, String file, Function<JsonFields, T> toValue) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (!(root instanceof ObjectNode object)) {
        throw new StoreFormatException("Cannot read %s: it is not a JSON object".formatted(file));
      }
      return new JsonFields(file, "", object).finish(toValue);
    } catch (JsonProcessingException e) {
      throw new StoreFormatException(
          "Cannot read %s: it is not JSON (%s)".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new StoreFormatException("Cannot read %s: it is not JSON".formatted(file), e);
    } catch (IllegalArgumentException e) {
      throw new StoreFormatException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private <T> T finish(Function<JsonFields, T> toValue) {
    T value = toValue.apply(this);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw wrong(name, "is unknown");
              }
            });
    return value;
  }

  /** A string. */
  public String string(String key) {
    return string(key, field(key));
  }

  /** A digest. */
  public Digest digest(String key) {
    return new Digest(string(key));
  }

  /** A point in time. */
  public Instant instant(String key) {
    try {
      return Instant.parse(string(key));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A whole number. */
  public long integer(String key) {
    return integer(key, field(key));
  }

  /** A whole number that fits an int. */
  public int smallInteger(String key) {
    long value = integer(key);
    if (value != (int) value) {
      throw wrong(key, "is too large: " + value);
    }
    return (int) value;
  }

  /** A float32. */
  public float float32(String key) {
    return number(key, field(key)).floatValue();
  }

  /** A float64. */
  public double float64(String key) {
    return number(key, field(key)).doubleValue();
  }

  /** True if the field is there. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** An object, read by the given function. */
  public <T> T object(String key, Function<JsonFields, T> toValue) {
    return object(key, field(key), toValue);
  }

  /** A list of objects, each read by the given function. */
  public <T> List<T> objects(String key, Function<JsonFields, T> toValue) {
    return list(key, (name, element) -> object(name, element, toValue));
  }

  /** A list of strings. */
  public List<String> strings(String key) {
    return list(key, this::string);
  }

  /** A list of whole numbers. */
  public List<Long> integers(String key) {
    return list(key, this::integer);
  }

  /** A list of float32. */
  public List<Float> floats(String key) {
    return list(key, (name, element) -> number(name, element).floatValue());
  }

  /** A list of float64. */
  public List<Double> doubles(String key) {
    return list(key, (name, element) -> number(name, element).doubleValue());
  }

  /** An object of strings with free keys. */
  public SortedMap<String, String> stringMap(String key) {
    return map(key, (fields, name) -> fields.string(name));
  }

  /** An object of whole numbers with free keys. */
  public SortedMap<String, Long> integerMap(String key) {
    return map(key, (fields, name) -> fields.integer(name));
  }

  /** An object of digests with free keys. */
  public SortedMap<String, Digest> digestMap(String key) {
    return map(key, JsonFields::digest);
  }

  private <T> SortedMap<String, T> map(String key, ElementOf<T> toValue) {
    return object(
        key,
        fields -> {
          SortedMap<String, T> map = new TreeMap<>();
          fields
              .node
              .fieldNames()
              .forEachRemaining(name -> map.put(name, toValue.read(fields, name)));
          return map;
        });
  }

  private <T> List<T> list(String key, Element<T> toValue) {
    JsonNode found = field(key);
    if (!found.isArray()) {
      throw wrong(key, "is not a list");
    }
    List<T> values = new ArrayList<>();
    for (JsonNode element : found) {
      values.add(toValue.read(key + "[" + values.size() + "]", element));
    }
    return values;
  }

  private <T> T object(String name, JsonNode found, Function<JsonFields, T> toValue) {
    if (!(found instanceof ObjectNode object)) {
      throw wrong(name, "is not an object");
    }
    return new JsonFields(file, prefix + name + ".", object).finish(toValue);
  }

  private String string(String name, JsonNode found) {
    if (!found.isTextual()) {
      throw wrong(name, "is not a string");
    }
    return found.textValue();
  }

  private long integer(String name, JsonNode found) {
    if (!found.canConvertToLong() || !found.isIntegralNumber()) {
      throw wrong(name, "is not a whole number");
    }
    return found.longValue();
  }

  private JsonNode number(String name, JsonNode found) {
    if (!found.isNumber()) {
      throw wrong(name, "is not a number");
    }
    return found;
  }

  private JsonNode field(String key) {
    asked.add(key);
    JsonNode found = node.get(key);
    if (found == null) {
      throw wrong(key, "is missing");
    }
    return found;
  }

  private StoreFormatException wrong(String name, String what) {
    return new StoreFormatException(
        "Cannot read %s: field '%s%s' %s".formatted(file, prefix, name, what));
  }

  private interface Element<T> {
    T read(String name, JsonNode element);
  }

  private interface ElementOf<T> {
    T read(JsonFields fields, String name);
  }
}
