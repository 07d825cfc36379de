package dev.braid.jobs.predict;

import dev.braid.jobs.source.LocalTree;
import dev.braid.jobs.source.SystemEntries;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.FileSystems;
import dev.braid.store.file.Folder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Lists the files of an input. */
final class InputPlanner {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final JavaSparkContext spark;
  private final SortedMap<String, String> options;
  private final PredictSettings settings;

  /**
   * Lists with these settings.
   *
   * @param options Hadoop's settings for the file systems of files that Spark does not read itself
   */
  InputPlanner(
      JavaSparkContext spark, SortedMap<String, String> options, PredictSettings settings) {
    this.spark = spark;
    this.options = options;
    this.settings = settings;
  }

  /**
   * The plan of an input.
   *
   * @throws IllegalArgumentException if it has no picture
   */
  PlannedInput plan(PredictInput input) {
    if (input instanceof PredictInput.Table table) {
      return new TablePlanner(settings).plan(table, tableFiles(table));
    }
    return input instanceof PredictInput.FolderTree tree
        ? tree(tree)
        : list((PredictInput.PathList) input);
  }

  private PlannedInput tree(PredictInput.FolderTree tree) {
    Place place = Place.of(tree.root());
    List<FileEntry> files = visible(place, options);
    Check.argument(!files.isEmpty(), "Cannot predict %s: it has no files", tree.root());
    boolean isFile = files.get(0).name().equals(place.name());
    List<String> paths =
        isFile
            ? List.of(place.name())
            : files.stream().map(file -> place.inside(file.name())).toList();
    String root = isFile ? place.folder() : tree.root();
    return new PlannedPaths(
        spark, paths, listing(files), new PictureCell.File(0, root, options), settings);
  }

  private PlannedInput list(PredictInput.PathList list) {
    Place place = Place.of(list.file());
    String text =
        place
            .parent(options)
            .read(place.name())
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .map(read -> read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot predict %s: no such file".formatted(list.file())));
    List<String> paths = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    Check.argument(!paths.isEmpty(), "Cannot predict %s: it lists no files", list.file());
    return new PlannedPaths(
        spark,
        paths,
        Digest.of(text).toString(),
        new PictureCell.File(0, place.folder(), options),
        settings);
  }

  private List<FileEntry> tableFiles(PredictInput.Table table) {
    Place place = Place.of(table.root());
    List<FileEntry> files =
        visible(place, options).stream()
            .filter(file -> file.name().endsWith(".parquet"))
            .filter(file -> file.name().equals(place.name()) || !isBesideTable(place, file))
            .toList();
    Check.argument(!files.isEmpty(), "Cannot predict %s: it has no Parquet files", table.root());
    return files;
  }

  /**
   * The files of a folder, or the file itself, without hidden ones, in the order of their names.
   */
  private static List<FileEntry> visible(Place place, SortedMap<String, String> options) {
    return FileSystems.isLocal(place.path()) ? local(place) : remote(place, options);
  }

  private static List<FileEntry> local(Place place) {
    return LocalTree.files(place.path()).stream()
        .map(
            file ->
                new FileEntry(
                    file.name().isEmpty() ? place.name() : place.name() + "/" + file.name(),
                    file.bytes(),
                    file.modified()))
        .sorted(Comparator.comparing(FileEntry::name))
        .toList();
  }

  private static List<FileEntry> remote(Place place, SortedMap<String, String> options) {
    Folder parent = place.parent(options);
    FileEntry entry =
        parent
            .entry(place.name())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot predict %s: no such file or folder".formatted(place.path())));
    List<FileEntry> below = parent.walk(place.name());
    boolean isFile = below.size() == 1 && below.get(0).name().equals(place.listedItself());
    return isFile
        ? List.of(entry)
        : below.stream()
            .filter(file -> !isHidden(place.inside(file.name())))
            .sorted(Comparator.comparing(FileEntry::name))
            .toList();
  }

  private static boolean isHidden(String path) {
    return Arrays.stream(path.split("/")).anyMatch(SystemEntries::include);
  }

  /** Whether Spark would skip a file below a table's folder: it belongs to a writer, not to it. */
  private static boolean isBesideTable(Place table, FileEntry file) {
    return Arrays.stream(table.inside(file.name()).split("/"))
        .anyMatch(name -> name.startsWith("_") && !name.contains("="));
  }

  /** The listing's text, in which a changed file differs. */
  static String listing(List<FileEntry> files) {
    return Digest.of(
            files.stream()
                .map(file -> file.name() + " " + file.bytes() + " " + file.modified())
                .collect(Collectors.joining("\n")))
        .toString();
  }

  /** Whether an input is a table: a Parquet file, or a folder whose first file is one. */
  static boolean isTable(String root, SortedMap<String, String> options) {
    return visible(Place.of(root), options).stream()
        .map(FileEntry::name)
        .filter(name -> !name.substring(name.lastIndexOf('/') + 1).startsWith("_"))
        .findFirst()
        .filter(name -> name.endsWith(".parquet"))
        .isPresent();
  }
}
