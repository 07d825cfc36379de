package dev.braid.vlm.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.braid.vlm.checkpoint.SafetensorsHeader.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the JSON of a safetensors header token by token.
 *
 * <p>A malicious header would take thirty times its length as a tree. This parser keeps only
 * tensors, stops at the first error, and quotes at most one line.
 */
final class SafetensorsHeaderParser {
  /** Headers are not trusted: their names are neither interned nor kept in a shared table. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final String TYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final int LONGEST_NAME = 256;
  private static final int MOST_SIDES = 8;
  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final JsonParser json;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private boolean hasMetadata;

  private SafetensorsHeaderParser(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /** Parses a whole header; refuses one that violates the format. */
  static SafetensorsHeaderParser parse(String file, byte[] header) {
    // A header begins with this byte; a zero after it means another encoding than UTF-8.
    if (header.length < 2 || header[0] != '{' || header[1] == 0) {
      throw new IllegalArgumentException(
          "Cannot read the header of %s: it is not a JSON object".formatted(file));
    }
    try (JsonParser json = FACTORY.createParser(header)) {
      SafetensorsHeaderParser parser = new SafetensorsHeaderParser(file, json);
      parser.parse();
      return parser;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the header of %s: it is not JSON".formatted(file), e);
    }
  }

  /** The tensors, in the order of the header. */
  Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** The free-form metadata. */
  SortedMap<String, String> metadata() {
    return Collections.unmodifiableSortedMap(metadata);
  }

  private void parse() throws IOException {
    json.nextToken();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(SafetensorsHeader.METADATA)) {
        parseMetadata();
      } else {
        add(name);
      }
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException(
          "Cannot read the header of %s: something follows its JSON object".formatted(file));
    }
  }

  private void parseMetadata() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refusedMetadata("is not an object");
    }
    if (hasMetadata) {
      throw refusedMetadata("occurs twice");
    }
    hasMetadata = true;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw refusedMetadata("has no text for '%s'".formatted(quote(key)));
      }
      if (metadata.put(key, json.getText()) != null) {
        throw refusedMetadata("has '%s' twice".formatted(quote(key)));
      }
    }
  }

  private IllegalArgumentException refusedMetadata(String why) {
    return new IllegalArgumentException(
        "Cannot read the header of %s: its %s %s".formatted(file, SafetensorsHeader.METADATA, why));
  }

  private void add(String name) throws IOException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw refusal(name, "a name has 1 to %s characters".formatted(LONGEST_NAME));
    }
    if (entries.containsKey(name)) {
      throw refusal(name, "the header lists it twice");
    }
    entries.put(name, entry(name));
  }

  private Entry entry(String name) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refusal(name, "the header has '%s' for it, not an object".formatted(quote()));
    }
    String type = "";
    Set<String> fields = new HashSet<>();
    Map<String, List<Long>> numbers = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (!fields.add(field)) {
        throw refusal(name, "the header lists its %s twice".formatted(field));
      }
      switch (field) {
        case TYPE -> type = type(name);
        case SHAPE, OFFSETS -> numbers.put(field, longs(name, field));
        default -> throw refusal(name, "its field '%s' is unknown".formatted(quote(field)));
      }
    }
    return entry(name, type, numbers);
  }

  private String type(String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw refusal(name, "its dtype is not a text");
    }
    return json.getText();
  }

  private Entry entry(String name, String type, Map<String, List<Long>> numbers) {
    StoredType stored =
        StoredType.named(type)
            .orElseThrow(() -> refusal(name, "its dtype '%s' is unknown".formatted(quote(type))));
    List<Long> shape = field(name, SHAPE, numbers);
    List<Long> offsets = field(name, OFFSETS, numbers);
    if (offsets.size() != 2) {
      throw refusal(name, "data_offsets has %s numbers, not 2".formatted(offsets.size()));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (end - begin != length(name, shape, stored)) {
      throw refusal(
          name,
          "%s elements of %s do not fill the bytes %s to %s".formatted(shape, type, begin, end));
    }
    return new Entry(name, stored, shape, begin, end);
  }

  private List<Long> field(String name, String field, Map<String, List<Long>> numbers) {
    List<Long> value = numbers.get(field);
    if (value == null) {
      throw refusal(name, "the header lacks its %s".formatted(field));
    }
    return value;
  }

  private List<Long> longs(String name, String field) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw refusal(name, "its %s is not an array".formatted(field));
    }
    List<Long> longs = new ArrayList<>(4);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      if (!whole || json.getLongValue() < 0) {
        throw refusal(name, "%s is not a size or offset".formatted(quote()));
      }
      if (longs.size() == MOST_SIDES) {
        throw refusal(name, "its %s has more than %s numbers".formatted(field, MOST_SIDES));
      }
      longs.add(json.getLongValue());
    }
    return List.copyOf(longs);
  }

  private long length(String name, List<Long> shape, StoredType type) {
    if (shape.contains(0L)) {
      throw refusal(name, "its shape %s has no elements".formatted(shape));
    }
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          refusal(name, "its shape %s is too large".formatted(shape)).getMessage(), e);
    }
  }

  private IllegalArgumentException refusal(String tensor, String why) {
    return new IllegalArgumentException(
        "Cannot read tensor %s of %s: %s".formatted(quote(tensor), file, why));
  }

  private String quote() throws IOException {
    return quote(json.getText());
  }

  private static String quote(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
