package dev.braid.jobs.source.table;

import dev.braid.jobs.source.Place;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.store.file.Folder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the lists of pictures at a path: the path itself, or the metadata files of a folder. */
final class ListFiles {
  private static final List<String> METADATA = List.of("metadata.csv", "metadata.jsonl");
  private static final List<String> TEXT = List.of(".csv", ".tsv");
  private static final List<String> JSON = List.of(".jsonl", ".ndjson", ".json");

  private final Place place;
  private final Map<String, String> options;

  ListFiles(String root, Map<String, String> options) {
    this.place = Place.of(root);
    this.options = options;
  }

  static boolean isJson(String path) {
    return JSON.stream().anyMatch(path::endsWith);
  }

  static boolean isList(String path) {
    return isJson(path) || TEXT.stream().anyMatch(path::endsWith);
  }

  /** The path of each split's list. */
  SortedMap<SourceSplit, String> bySplit() {
    SortedMap<SourceSplit, String> lists = new TreeMap<>();
    Folder parent = place.parent(options);
    if (isList(place.path()) && parent.entry(place.name()).isPresent()) {
      lists.put(SourceSplit.NONE, place.path());
      return lists;
    }
    Folder folder = Folder.of(place.path(), options);
    metadata(folder, "").ifPresent(list -> lists.put(SourceSplit.NONE, list));
    if (lists.isEmpty()) {
      for (String name : folder.names("")) {
        SplitNames.named(name)
            .ifPresent(
                split -> metadata(folder, name + "/").ifPresent(list -> lists.put(split, list)));
      }
    }
    return lists;
  }

  private Optional<String> metadata(Folder folder, String below) {
    return METADATA.stream()
        .map(name -> below + name)
        .filter(folder::contains)
        .map(name -> place.path() + "/" + name)
        .findFirst();
  }
}
