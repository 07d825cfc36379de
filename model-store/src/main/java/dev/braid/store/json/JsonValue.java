package dev.braid.store.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A value in a JSON text, converted strictly: it must have the type that is asked for.
 *
 * @param file the file that is read, for messages
 * @param path the value's place in the file, for messages
 */
record JsonValue(String file, String path, JsonNode node) {
  String string() {
    if (!node.isTextual()) {
      throw wrong("is not a string");
    }
    return node.textValue();
  }

  long integer() {
    if (!node.canConvertToLong() || !node.isIntegralNumber()) {
      throw wrong("is not a whole number");
    }
    return node.longValue();
  }

  int smallInteger() {
    long value = integer();
    if (value != (int) value) {
      throw wrong("is too large: " + value);
    }
    return (int) value;
  }

  float float32() {
    return number().floatValue();
  }

  double float64() {
    return number().doubleValue();
  }

  private JsonNode number() {
    if (!node.isNumber()) {
      throw wrong("is not a number");
    }
    return node;
  }

  <T> T object(Function<JsonFields, T> toValue) {
    if (!(node instanceof ObjectNode object)) {
      throw wrong("is not an object");
    }
    return new JsonFields(file, path + ".", object).finish(toValue);
  }

  <T> List<T> list(Function<JsonValue, T> toValue) {
    if (!node.isArray()) {
      throw wrong("is not a list");
    }
    List<T> values = new ArrayList<>();
    for (JsonNode element : node) {
      String place = "%s[%s]".formatted(path, values.size());
      values.add(toValue.apply(new JsonValue(file, place, element)));
    }
    return values;
  }

  private StoreFormatException wrong(String what) {
    return wrong(file, path, what);
  }

  static StoreFormatException wrong(String file, String path, String what) {
    return new StoreFormatException("Cannot read %s: field '%s' %s".formatted(file, path, what));
  }
}
