package dev.braid.settings;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.braid.driver.merging.Residue;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.store.file.LocalPath;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task to be learned: a HOCON file with a name, where its pictures are, and settings that differ
 * from the defaults.
 */
public final class TaskFile {
  private static final String NAME = "name";
  private static final String TEMPLATES = "templates";
  private static final String PRIORITY = "priority";
  private static final String SHOTS = "shots";
  private static final String TRAIN = "train";
  private static final String REPLACES = "replaces";
  private static final String RESIDUE = "accept-residue";
  private static final String EXTENDS = "extends";
  private static final List<String> DEFAULT_TEMPLATES = List.of("a photo of a {c}.");

  private static final Config KEYS =
      ConfigFactory.parseMap(
              Map.of(
                  NAME, "", TEMPLATES, List.of(), PRIORITY, 0, TRAIN, Map.of(), REPLACES, false,
                  RESIDUE, false, SHOTS, 0, EXTENDS, ""))
          .withFallback(TaskPictures.KEYS);

  private final Config config;

  private TaskFile(Config config) {
    this.config = config;
    name();
    pictures().check(name());
    for (String template : templates()) {
      Check.argument(
          template.contains("{c}"),
          "Invalid template of task %s: '%s' (it needs {c} where the class name goes)",
          name(),
          template);
    }
    priority();
    Check.argument(shots() >= 0, "Invalid %s of task %s: %s (0 or more)", SHOTS, name(), shots());
    replaces();
    Check.argument(
        extended().isEmpty() || (replaces().isPresent() && shots() == 0),
        "Invalid task %s: %s is what 'braid add --to' writes, without %s",
        name(),
        EXTENDS,
        SHOTS);
  }

  /** The task in the text of an inbox file. */
  public static TaskFile parse(String text, String origin) {
    try {
      return checked(
          ConfigFactory.parseString(
                  text, ConfigParseOptions.defaults().setOriginDescription(origin))
              .resolve());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(sentence(origin, e), e);
    }
  }

  /** The task in a file that a user wrote; its paths are relative to the file's folder. */
  public static TaskFile read(Path file) {
    try {
      TaskFile task = parse(Files.readString(file), file.toString());
      return task.relativeTo(requireNonNull(file.toAbsolutePath().getParent(), "folder is null"));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the task file %s: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * A task with the default templates and training settings.
   *
   * @param images a folder or file; relative to the working directory, or any Hadoop path
   */
  public static TaskFile of(String name, String images) {
    return of(Map.of(NAME, name, TaskPictures.IMAGES, images));
  }

  /** A task from the options of the command line; paths are relative to the working directory. */
  public static TaskFile of(Map<String, Object> options) {
    return checked(ConfigFactory.parseMap(options, "the command line"))
        .relativeTo(Path.of("").toAbsolutePath());
  }

  private static TaskFile checked(Config config) {
    try {
      KnownKeys.of(KEYS).check(config);
      return new TaskFile(config);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(sentence(config.origin().description(), e), e);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private TaskFile relativeTo(Path folder) {
    Config absolute = config;
    for (String key : TaskPictures.PATHS) {
      if (config.hasPath(key)) {
        absolute =
            absolute.withValue(
                key, ConfigValueFactory.fromAnyRef(absolute(folder, config.getString(key))));
      }
    }
    return new TaskFile(absolute);
  }

  private static String absolute(Path folder, String path) {
    // A path with a scheme (hdfs://...) is absolute already.
    if (path.matches("[a-z][a-z0-9+.-]+:.*")) {
      return path;
    }
    // Text to text: the locale of this process may have no such names.
    String whole = path.startsWith("/") ? path : LocalPath.text(folder) + "/" + path;
    return LocalPath.text(LocalPath.of(whole).normalize());
  }

  /** The task's name. */
  public TaskId name() {
    return new TaskId(config.getString(NAME));
  }

  /** Where its pictures are. */
  public TaskPictures pictures() {
    return new TaskPictures(config);
  }

  /** The prompts with {c} for the class name; training uses the first. */
  public List<String> templates() {
    return config.hasPath(TEMPLATES) ? config.getStringList(TEMPLATES) : DEFAULT_TEMPLATES;
  }

  /** Tasks of higher priority are merged first. */
  int priority() {
    return config.hasPath(PRIORITY) ? config.getInt(PRIORITY) : 0;
  }

  /** Training pictures per class; 0 for all. */
  int shots() {
    return config.hasPath(SHOTS) ? config.getInt(SHOTS) : 0;
  }

  /** The same task with this many training pictures per class. */
  public TaskFile withShots(int shots) {
    return new TaskFile(config.withValue(SHOTS, ConfigValueFactory.fromAnyRef(shots)));
  }

  /** Training settings that differ from the defaults, as under {@code braid.train}. */
  public Config train() {
    return config.hasPath(TRAIN) ? config.getConfig(TRAIN) : ConfigFactory.empty();
  }

  /** Whether residue of the task that it replaces is accepted; empty if it replaces none. */
  public Optional<Residue> replaces() {
    if (!is(REPLACES)) {
      return Optional.empty();
    }
    return Optional.of(is(RESIDUE) ? Residue.ACCEPTED : Residue.REFUSED);
  }

  private boolean is(String key) {
    return config.hasPath(key) && config.getBoolean(key);
  }

  /** The same task, as a request to replace the learned task of its name. */
  public TaskFile replacing(Residue residue) {
    return new TaskFile(
        config
            .withValue(REPLACES, ConfigValueFactory.fromAnyRef(true))
            .withValue(RESIDUE, ConfigValueFactory.fromAnyRef(residue == Residue.ACCEPTED)));
  }

  /**
   * The record of the data set that its pictures are added to; empty if they are one themselves.
   */
  public Optional<Digest> extended() {
    return config.hasPath(EXTENDS)
        ? Optional.of(new Digest(config.getString(EXTENDS)))
        : Optional.empty();
  }

  /**
   * The same task, as a request to replace the learned task of its name by one that also learns
   * from these pictures.
   *
   * @param dataset the record of the learned task's data set
   * @param prompts of the learned task, used if this task names none
   * @param learned its request, whose training settings and priority are used if this has none
   */
  public TaskFile extending(Digest dataset, List<String> prompts, TaskFile learned) {
    Config extended =
        config
            .withValue(REPLACES, ConfigValueFactory.fromAnyRef(true))
            .withValue(EXTENDS, ConfigValueFactory.fromAnyRef(dataset.toString()));
    if (!config.hasPath(TEMPLATES)) {
      extended = extended.withValue(TEMPLATES, ConfigValueFactory.fromIterable(prompts));
    }
    for (String key : List.of(TRAIN, PRIORITY)) {
      if (!config.hasPath(key) && learned.config.hasPath(key)) {
        extended = extended.withValue(key, learned.config.getValue(key));
      }
    }
    return new TaskFile(extended);
  }

  /** The whole task as canonical JSON, as the inbox stores it. */
  public String text() {
    return config.root().render(ConfigRenderOptions.concise().setFormatted(true));
  }

  private static String sentence(String origin, ConfigException e) {
    return "Invalid task file %s: %s".formatted(origin, e.getMessage());
  }

  private static String reason(IOException e) {
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    return e instanceof NoSuchFileException ? "it does not exist" : String.valueOf(e.getMessage());
  }
}
