package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceEntry;
import dev.braid.jobs.source.SourceEntry.Kind;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.SystemEntries;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Finds the folders of the splits by their names, in any case.
 *
 * <p>Where only one of train and test is there, it is a class if it has no folders and class
 * folders of other names lie beside it: pictures can show trains.
 */
final class SplitFolders {
  private static final Map<String, SourceSplit> SPLITS =
      Map.of(
          "train", SourceSplit.TRAIN,
          "test", SourceSplit.TEST,
          "val", SourceSplit.VALIDATION,
          "valid", SourceSplit.VALIDATION,
          "validation", SourceSplit.VALIDATION,
          "dev", SourceSplit.VALIDATION);

  private final String source;
  private final SourceFiles files;
  private final Path root;

  SplitFolders(String source, SourceFiles files, Path root) {
    this.source = source;
    this.files = files;
    this.root = root;
  }

  /**
   * The name of each split's folder; empty if the folders are classes.
   *
   * @param folders the names of the root's folders
   * @throws RefusedDatasetException if train or test is missing, or a split has two folders
   */
  SortedMap<SourceSplit, String> among(List<String> folders) throws IOException {
    Map<SourceSplit, List<String>> named =
        folders.stream().collect(Collectors.groupingBy(SplitFolders::split));
    List<String> train = named.getOrDefault(SourceSplit.TRAIN, List.of());
    List<String> test = named.getOrDefault(SourceSplit.TEST, List.of());
    SortedMap<SourceSplit, String> splits = new TreeMap<>();
    if (train.isEmpty() != test.isEmpty()) {
      checkClass(train.isEmpty() ? test.get(0) : train.get(0), named);
    } else if (!train.isEmpty()) {
      for (Map.Entry<SourceSplit, List<String>> split : new TreeMap<>(named).entrySet()) {
        if (split.getKey() != SourceSplit.NONE) {
          splits.put(split.getKey(), only(split.getValue()));
        }
      }
    }
    return splits;
  }

  private static SourceSplit split(String folder) {
    return SPLITS.getOrDefault(folder.toLowerCase(Locale.ROOT), SourceSplit.NONE);
  }

  private String only(List<String> folders) {
    if (folders.size() > 1) {
      throw refused(
          "%s/ and %s/ are one split; make them one folder", folders.get(0), folders.get(1));
    }
    return folders.get(0);
  }

  /** Refuses half of a division into splits. */
  private void checkClass(String folder, Map<SourceSplit, List<String>> named) throws IOException {
    boolean isSplit =
        !named.containsKey(SourceSplit.NONE)
            || files.entries(FolderPaths.path(root, folder)).stream()
                .anyMatch(inside -> inside.kind() == Kind.FOLDER && !isSystem(inside));
    if (isSplit) {
      throw refused(
          "it has %s/ but no %s/ (give both, or class folders alone)",
          folder, split(folder) == SourceSplit.TRAIN ? "test" : "train");
    }
  }

  private static boolean isSystem(SourceEntry entry) {
    return SystemEntries.include(entry.name());
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: %s", source, why.formatted(values));
  }
}
