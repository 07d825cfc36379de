package dev.braid.jobs.source.table;

import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceEntry;
import dev.braid.jobs.source.SourceEntry.Kind;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SourceSplit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Finds the lists of pictures at a path: the path itself, or the metadata files of a folder. */
record ListFiles(SourceFiles files) {
  private static final List<String> METADATA = List.of("metadata.csv", "metadata.jsonl");
  private static final List<String> TEXT = List.of(".csv", ".tsv");
  private static final List<String> JSON = List.of(".jsonl", ".ndjson", ".json");

  static boolean isJson(String path) {
    return JSON.stream().anyMatch(path::endsWith);
  }

  private static boolean isList(String path) {
    return isJson(path) || TEXT.stream().anyMatch(path::endsWith);
  }

  /**
   * The path of each split's list.
   *
   * @throws RefusedDatasetException if there are several for one split
   */
  SortedMap<SourceSplit, String> at(Path root) throws IOException {
    SortedMap<SourceSplit, String> lists = new TreeMap<>();
    if (files.entry(root).kind() == Kind.FILE) {
      if (isList(root.getName())) {
        lists.put(SourceSplit.NONE, root.toString());
      }
      return lists;
    }
    List<SourceEntry> entries = files.entries(root);
    metadata(root, entries).ifPresent(list -> lists.put(SourceSplit.NONE, list));
    for (SourceEntry entry : entries) {
      Optional<SourceSplit> split = SplitNames.named(entry.name());
      if (entry.kind() == Kind.FOLDER && split.isPresent()) {
        Path folder = FolderPaths.path(root, entry.name());
        metadata(folder, files.entries(folder))
            .ifPresent(list -> put(root, lists, split.get(), list));
      }
    }
    return lists;
  }

  private static void put(
      Path root, SortedMap<SourceSplit, String> lists, SourceSplit split, String list) {
    String other = lists.containsKey(SourceSplit.NONE) ? lists.get(SourceSplit.NONE) : "";
    String twin = lists.getOrDefault(split, other);
    if (!twin.isEmpty()) {
      throw twice(root, twin, list);
    }
    lists.put(split, list);
  }

  private static Optional<String> metadata(Path folder, List<SourceEntry> entries) {
    List<String> found =
        entries.stream().map(SourceEntry::name).filter(METADATA::contains).toList();
    if (found.size() > 1) {
      throw twice(folder, found.get(0), found.get(1));
    }
    return found.stream().map(name -> new Path(folder, name).toString()).findFirst();
  }

  private static RefusedDatasetException twice(Path root, String one, String other) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: %s and %s list pictures of the same split; keep one",
        root, one, other);
  }
}
