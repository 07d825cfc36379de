package dev.braid.vlm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.model.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a safetensors file says of itself: its tensors in the order of their bytes, and free text.
 *
 * @param dataStart where in the file the first tensor's bytes begin
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, SortedMap<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** One tensor: its bytes are [begin, end), counted from the start of the data. */
  record Entry(String name, StoredType type, List<Long> shape, long begin, long end) {}

  /**
   * Reads the JSON of a header.
   *
   * @param dataLength the number of bytes behind the header, all of which must belong to a tensor
   */
  static SafetensorsHeader parse(String file, byte[] json, long dataStart, long dataLength) {
    JsonFields header = JsonFields.parse("the header of " + file, json);
    List<Entry> entries = new ArrayList<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.fields().properties()) {
      if (field.getKey().equals(METADATA)) {
        field.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        entries.add(entry(file, field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkCover(file, entries, dataLength);
    return new SafetensorsHeader(dataStart, List.copyOf(entries), metadata);
  }

  private static Entry entry(String file, String name, JsonNode value) {
    String type = value.path("dtype").asText();
    StoredType stored =
        StoredType.named(type)
            .orElseThrow(() -> refusal(file, name, "its dtype '%s' is not known".formatted(type)));
    List<Long> shape = longs(file, name, value.path("shape"));
    List<Long> offsets = longs(file, name, value.path("data_offsets"));
    if (offsets.size() != 2) {
      throw refusal(file, name, "data_offsets has %s numbers, not 2".formatted(offsets.size()));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (end - begin != length(file, name, shape, stored)) {
      throw refusal(
          file,
          name,
          "%s elements of %s do not fill the bytes %s to %s".formatted(shape, type, begin, end));
    }
    return new Entry(name, stored, shape, begin, end);
  }

  private static List<Long> longs(String file, String name, JsonNode array) {
    List<Long> longs = new ArrayList<>();
    if (!array.isArray()) {
      throw refusal(file, name, "its shape or data_offsets is no array");
    }
    for (JsonNode number : array) {
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw refusal(file, name, "%s is no size or offset".formatted(number));
      }
      longs.add(number.longValue());
    }
    return List.copyOf(longs);
  }

  private static long length(String file, String name, List<Long> shape, StoredType type) {
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          refusal(file, name, "its shape %s is too large".formatted(shape)).getMessage(), e);
    }
  }

  // The format leaves no byte to nobody and none to two, so that nothing can hide in a file.
  private static void checkCover(String file, List<Entry> entries, long dataLength) {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw refusal(
            file,
            entry.name(),
            "it begins at byte %s of the data, but the tensor before it ends at %s"
                .formatted(entry.begin(), covered));
      }
      covered = entry.end();
    }
    Check.argument(
        covered == dataLength,
        "Cannot read %s: its tensors need %s bytes of data, but it holds %s",
        file,
        covered,
        dataLength);
  }

  private static IllegalArgumentException refusal(String file, String tensor, String why) {
    return new IllegalArgumentException(
        "Cannot read tensor %s of %s: %s".formatted(tensor, file, why));
  }
}
