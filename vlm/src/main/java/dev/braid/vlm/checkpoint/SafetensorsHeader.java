package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * The header of a safetensors file: its tensors in file order, and free-form metadata.
 *
 * @param dataStart the offset in the file of the first tensor's bytes
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, SortedMap<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** One tensor: its bytes are [begin, end), counted from the start of the data. */
  record Entry(String name, StoredType type, List<Long> shape, long begin, long end) {}

  /**
   * Reads the JSON of a header.
   *
   * @param dataLength the number of bytes after the header, each of which must belong to a tensor
   */
  static SafetensorsHeader parse(String file, byte[] json, long dataStart, long dataLength) {
    SafetensorsHeaderParser parser = SafetensorsHeaderParser.parse(file, json);
    List<Entry> entries =
        parser.entries().stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    checkCover(file, entries, dataLength);
    return new SafetensorsHeader(dataStart, entries, parser.metadata());
  }

  // In this format every byte belongs to exactly one tensor, so that nothing can hide in a file.
  private static void checkCover(String file, List<Entry> entries, long dataLength) {
    long covered = 0;
    for (Entry entry : entries) {
      Check.argument(
          entry.begin() == covered,
          "Cannot read tensor %s of %s: it begins at byte %s of the data, but the tensor before it"
              + " ends at %s",
          entry.name(),
          file,
          entry.begin(),
          covered);
      covered = entry.end();
    }
    Check.argument(
        covered == dataLength,
        "Cannot read %s: its tensors need %s bytes of data, but it holds %s",
        file,
        covered,
        dataLength);
  }
}
