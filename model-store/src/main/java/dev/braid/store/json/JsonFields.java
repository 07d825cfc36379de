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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads a JSON object strictly: every field must exist, have its type, and be asked for. */
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

  JsonFields(String file, String prefix, ObjectNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  /**
   * Converts a JSON text to a value.
   *
   * @param file the file that is read, for messages
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

  /** The value of this object; a field that it did not ask for is refused. */
  <T> T finish(Function<JsonFields, T> toValue) {
    T value = toValue.apply(this);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw JsonValue.wrong(file, prefix + name, "is unknown");
              }
            });
    return value;
  }

  /** A string. */
  public String string(String key) {
    return field(key).string();
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
    return field(key).integer();
  }

  /** A whole number that fits an int. */
  public int smallInteger(String key) {
    return field(key).smallInteger();
  }

  /** A float32. */
  public float float32(String key) {
    return field(key).float32();
  }

  /** A float64. */
  public double float64(String key) {
    return field(key).float64();
  }

  /** True if the field exists. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** An object, read by the given function. */
  public <T> T object(String key, Function<JsonFields, T> toValue) {
    return field(key).object(toValue);
  }

  /** A list of objects, each read by the given function. */
  public <T> List<T> objects(String key, Function<JsonFields, T> toValue) {
    return field(key).list(element -> element.object(toValue));
  }

  /** A list of strings. */
  public List<String> strings(String key) {
    return field(key).list(JsonValue::string);
  }

  /** A list of whole numbers. */
  public List<Long> integers(String key) {
    return field(key).list(JsonValue::integer);
  }

  /** A list of float32. */
  public List<Float> floats(String key) {
    return field(key).list(JsonValue::float32);
  }

  /** A list of float64. */
  public List<Double> doubles(String key) {
    return field(key).list(JsonValue::float64);
  }

  /** An object of strings with free keys. */
  public SortedMap<String, String> stringMap(String key) {
    return map(key, JsonFields::string);
  }

  /** An object of objects with free keys. */
  public <T> SortedMap<String, T> objectMap(String key, Function<JsonFields, T> toValue) {
    return map(key, (fields, name) -> fields.object(name, toValue));
  }

  /** An object of whole numbers with free keys. */
  public SortedMap<String, Long> integerMap(String key) {
    return map(key, JsonFields::integer);
  }

  /** An object of float64 with free keys. */
  public SortedMap<String, Double> float64Map(String key) {
    return map(key, JsonFields::float64);
  }

  /** An object of digests with free keys. */
  public SortedMap<String, Digest> digestMap(String key) {
    return map(key, JsonFields::digest);
  }

  private <T> SortedMap<String, T> map(String key, BiFunction<JsonFields, String, T> toValue) {
    return object(
        key,
        fields -> {
          SortedMap<String, T> map = new TreeMap<>();
          fields
              .node
              .fieldNames()
              .forEachRemaining(name -> map.put(name, toValue.apply(fields, name)));
          return map;
        });
  }

  private JsonValue field(String key) {
    asked.add(key);
    JsonNode found = node.get(key);
    if (found == null) {
      throw JsonValue.wrong(file, prefix + key, "is missing");
    }
    return new JsonValue(file, prefix + key, found);
  }
}
