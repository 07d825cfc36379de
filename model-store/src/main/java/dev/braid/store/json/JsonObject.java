package dev.braid.store.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A JSON object under construction, with one canonical text: sorted keys, no blanks, fixed number
 * format, UTF-8.
 *
 * <p>Values that are neither numbers, booleans, lists nor objects (ids, digests, names) are written
 * as the strings that toString() returns.
 */
public final class JsonObject {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final SortedMap<String, Object> fields = new TreeMap<>();

  /** Adds a field. */
  public JsonObject with(String key, Object value) {
    fields.put(key, value);
    return this;
  }

  /** Adds a field if there is a value. */
  public JsonObject with(String key, Optional<?> value) {
    value.ifPresent(present -> fields.put(key, present));
    return this;
  }

  /** Adds a field without a value: null. */
  public JsonObject withNull(String key) {
    fields.put(key, Optional.empty());
    return this;
  }

  /** Adds a list whose elements are written by the given function. */
  public <T> JsonObject with(String key, List<T> elements, Function<T, ?> toJson) {
    return with(key, elements.stream().map(toJson).toList());
  }

  /** Adds a map as an object. */
  public JsonObject with(String key, Map<String, ?> map) {
    JsonObject object = new JsonObject();
    map.forEach(object::with);
    return with(key, (Object) object);
  }

  /** The object's text in UTF-8. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      write(generator, this);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof JsonObject object) {
      generator.writeStartObject();
      for (Map.Entry<String, Object> field : object.fields.entrySet()) {
        generator.writeFieldName(field.getKey());
        write(generator, field.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Collection<?> elements) {
      generator.writeStartArray();
      for (Object element : elements) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Number number) {
      generator.writeNumber(text(number));
    } else if (value instanceof Optional<?>) {
      generator.writeNull();
    } else {
      generator.writeString(value.toString());
    }
  }

  private static String text(Number number) {
    if (number instanceof Float value) {
      return Decimals.text(value.floatValue());
    }
    return number instanceof Double value
        ? Decimals.text(value.doubleValue())
        : Long.toString(number.longValue());
  }
}
