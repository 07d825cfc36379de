package dev.braid.vlm.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a base's directory that are neither weights nor read: its licence, its model card,
 * settings of other programs. An export returns them unchanged.
 */
public final class KeptFiles {
  /** Larger files are weights or data, whatever their names. */
  static final int LONGEST = 32 << 20;

  /** Weights in any format, their indexes, and what an export writes about itself. */
  private static final Pattern OTHER =
      Pattern.compile(
          "braid\\.json|.*\\.(safetensors|bin|pt|pth|ckpt|h5|msgpack|onnx|ot|gguf|tflite|npz|pkl"
              + "|pickle|index\\.json)");

  /** Names that every file system and a line of text can hold; none is hidden. */
  private static final Pattern NAME = Pattern.compile("[^.\\p{Cntrl}/\\\\][^\\p{Cntrl}/\\\\]*");

  private KeptFiles() {}

  /**
   * Reads the directory's files but those that are read anyway.
   *
   * @param read names of those
   */
  public static SortedMap<String, byte[]> of(BaseDirectory directory, Set<String> read)
      throws IOException {
    SortedMap<String, byte[]> kept = new TreeMap<>();
    for (Path file : files(directory.path())) {
      String name = String.valueOf(file.getFileName());
      if (!read.contains(name) && isKept(name) && Files.size(file) <= LONGEST) {
        kept.put(name, Files.readAllBytes(file));
      }
    }
    return Collections.unmodifiableSortedMap(kept);
  }

  private static boolean isKept(String name) {
    return NAME.matcher(name).matches() && !OTHER.matcher(name).matches();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
