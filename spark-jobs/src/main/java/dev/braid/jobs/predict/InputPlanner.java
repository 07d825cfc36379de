package dev.braid.jobs.predict;

import dev.braid.jobs.source.Place;
import dev.braid.jobs.source.VisibleFiles;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.store.file.FileEntry;
import java.nio.charset.StandardCharsets;
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
      return new TablePlanner(settings).plan(table, table(table));
    }
    return input instanceof PredictInput.FolderTree tree
        ? tree(tree)
        : list((PredictInput.PathList) input);
  }

  private PlannedInput tree(PredictInput.FolderTree tree) {
    VisibleFiles visible = VisibleFiles.at(tree.root(), options);
    List<FileEntry> files = visible.files();
    Check.argument(!files.isEmpty(), "Cannot predict %s: it has no files", tree.root());
    Place place = visible.place();
    List<String> paths =
        visible.isFile()
            ? List.of(place.name())
            : files.stream().map(file -> place.inside(file.name())).toList();
    String root = visible.isFile() ? place.folder() : tree.root();
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

  private VisibleFiles table(PredictInput.Table table) {
    VisibleFiles files = VisibleFiles.at(table.root(), options);
    Check.argument(
        !files.parquet().isEmpty(), "Cannot predict %s: it has no Parquet files", table.root());
    return files;
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
    return VisibleFiles.at(root, options).files().stream()
        .map(FileEntry::name)
        .filter(name -> !name.substring(name.lastIndexOf('/') + 1).startsWith("_"))
        .findFirst()
        .filter(name -> name.endsWith(".parquet"))
        .isPresent();
  }
}
