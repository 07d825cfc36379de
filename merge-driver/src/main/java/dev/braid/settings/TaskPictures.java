package dev.braid.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.folder.ImageFolder.ClassNames;
import dev.braid.jobs.source.folder.ImageFolder.Depth;
import dev.braid.jobs.source.table.PictureFiles;
import dev.braid.jobs.source.table.SparkTablePictures;
import dev.braid.jobs.source.table.TableColumns;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the pictures of a task are: at a path, or in a table of Spark's catalog. */
public final class TaskPictures {
  static final String IMAGES = "images";

  private static final String TABLE = "table";
  private static final String CLASSES = "classes";
  private static final String COLUMN = "columns.";
  private static final String FILTER = "filter";
  private static final String RECURSIVE = "recursive";

  /** The keys of a task file that say where its pictures are. */
  static final Config KEYS =
      ConfigFactory.parseMap(
          Map.of(
              IMAGES,
              "",
              TABLE,
              "",
              CLASSES,
              "",
              FILTER,
              "",
              RECURSIVE,
              false,
              "columns",
              Map.of("image", "", "label", "", "split", "")));

  /** Those that are paths. */
  static final List<String> PATHS = List.of(IMAGES, CLASSES);

  private final Config config;

  TaskPictures(Config config) {
    this.config = config;
  }

  void check(TaskId task) {
    depth();
    Check.argument(
        images().isPresent() != table().isPresent(),
        "Invalid task %s: %s (one of %s and %s says where its pictures are)",
        task,
        images().isPresent() ? "it has images and a table" : "it has no pictures",
        IMAGES,
        TABLE);
    for (String key : List.of(IMAGES, TABLE)) {
      Check.argument(
          text(key).filter(String::isBlank).isEmpty(), "Invalid task %s: %s is blank", task, key);
    }
  }

  /** A folder or a file; empty if they are in a table of the catalog. */
  public Optional<String> images() {
    return text(IMAGES);
  }

  /** The table or view; empty if they are at a path. */
  public Optional<String> table() {
    return text(TABLE);
  }

  /** The file with the class names; empty if the pictures' source names them. */
  public Optional<String> classes() {
    return text(CLASSES);
  }

  /** The source of the pictures. */
  public PictureSource source(AllowedRoots allowed) {
    ClassNames names =
        classes().<ClassNames>map(ClassNames.Listed::new).orElseGet(ClassNames.Found::new);
    return table()
        .<PictureSource>map(table -> new SparkTablePictures(table, columns(), names, allowed))
        .orElseGet(
            () -> new PictureFiles(images().orElseThrow(), depth(), columns(), names, allowed));
  }

  private TableColumns columns() {
    return new TableColumns(
        text(COLUMN + "image"), text(COLUMN + "label"), text(COLUMN + "split"), text(FILTER));
  }

  private Depth depth() {
    boolean isRecursive = config.hasPath(RECURSIVE) && config.getBoolean(RECURSIVE);
    return isRecursive ? Depth.RECURSIVE : Depth.DIRECT;
  }

  private Optional<String> text(String key) {
    return config.hasPath(key) ? Optional.of(config.getString(key)) : Optional.empty();
  }
}
