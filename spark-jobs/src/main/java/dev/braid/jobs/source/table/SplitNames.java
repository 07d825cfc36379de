package dev.braid.jobs.source.table;

import dev.braid.jobs.source.SourceSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of splits, as Hugging Face's data sets spell them. */
final class SplitNames {
  private static final Map<String, SourceSplit> SPLITS = new TreeMap<>();

  static {
    List.of("train", "training").forEach(name -> SPLITS.put(name, SourceSplit.TRAIN));
    List.of("validation", "valid", "val", "dev")
        .forEach(name -> SPLITS.put(name, SourceSplit.VALIDATION));
    List.of("test", "testing", "eval", "evaluation")
        .forEach(name -> SPLITS.put(name, SourceSplit.TEST));
  }

  private SplitNames() {}

  /** The split of this name, in any case. */
  static Optional<SourceSplit> named(String name) {
    return Optional.ofNullable(SPLITS.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * The split that a file's path names: a word of its name or else of a folder's name, such as in
   * {@code data/train-00000-of-00001.parquet}.
   */
  static Optional<SourceSplit> ofFile(String path) {
    List<String> names = new ArrayList<>(List.of(path.split("/")));
    Collections.reverse(names);
    return names.stream().flatMap(name -> words(name).stream()).findFirst();
  }

  private static List<SourceSplit> words(String name) {
    return List.of(name.split("[^A-Za-z0-9]+")).stream()
        .flatMap(word -> named(word).stream())
        .toList();
  }
}
