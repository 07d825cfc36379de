package dev.braid.jobs.source;

import dev.braid.store.file.FileEntry;
import dev.braid.store.file.FileSystems;
import dev.braid.store.file.Folder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The files of a folder and of all folders below it, or one file, without hidden ones.
 *
 * @param files in the order of their names, which begin with the place's name
 */
public record VisibleFiles(Place place, List<FileEntry> files) {
  private static final String PARQUET = ".parquet";

  public VisibleFiles {
    files = List.copyOf(files);
  }

  /**
   * Lists them.
   *
   * @param options Hadoop's settings for the file system
   * @throws RefusedDatasetException if there is no such file or folder, or it may not be listed
   */
  public static VisibleFiles at(String path, Map<String, String> options) {
    Place place = Place.of(path);
    List<FileEntry> files =
        FileSystems.isLocal(place.path()) ? local(place) : remote(place, options);
    return new VisibleFiles(
        place, files.stream().sorted(Comparator.comparing(FileEntry::name)).toList());
  }

  private static List<FileEntry> local(Place place) {
    return LocalTree.files(place.path()).stream()
        .map(file -> new FileEntry(place.listed(file.name()), file.bytes(), file.modified()))
        .toList();
  }

  private static List<FileEntry> remote(Place place, Map<String, String> options) {
    Folder parent = place.parent(options);
    FileEntry entry =
        parent
            .entry(place.name())
            .orElseThrow(
                () ->
                    new RefusedDatasetException(
                        "Cannot read pictures from %s: no such file or folder", place.path()));
    List<FileEntry> below = parent.walk(place.name());
    boolean isFile = below.size() == 1 && below.get(0).name().equals(place.listedItself());
    return isFile
        ? List.of(entry)
        : below.stream().filter(file -> !isHidden(place.inside(file.name()))).toList();
  }

  private static boolean isHidden(String path) {
    return Arrays.stream(path.split("/")).anyMatch(SystemEntries::include);
  }

  /** Whether the place is a file. */
  public boolean isFile() {
    return files.size() == 1 && files.get(0).name().equals(place.name());
  }

  /** Those of a table in Parquet files; Spark skips the others too, which belong to its writers. */
  public List<FileEntry> parquet() {
    return files.stream()
        .filter(file -> file.name().endsWith(PARQUET))
        .filter(file -> isFile() || !isBesideTable(file))
        .toList();
  }

  private boolean isBesideTable(FileEntry file) {
    return Arrays.stream(place.inside(file.name()).split("/"))
        .anyMatch(name -> name.startsWith("_") && !name.contains("="));
  }

  /** A file's whole path. */
  public String path(FileEntry file) {
    return place.folder().equals("/") ? "/" + file.name() : place.folder() + "/" + file.name();
  }
}
