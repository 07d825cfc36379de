package dev.braid.cli.terminal;

import dev.braid.jobs.stage.ProgressListener;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsFile;
import dev.braid.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that commands on a store share. */
public final class GlobalOptions {
  @Option(
      names = "--store",
      paramLabel = "PATH",
      description = "The store: a directory or any Hadoop path (default: braid.store.root).")
  @Nullable
  public String store;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description = "The line of versions (default: braid.line.name, 'main').")
  @Nullable String line;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description =
          "A setting, such as train.steps=200 or spark.executor.memory=4g; may be repeated.")
  public List<String> assignments = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A file with settings: a path, any Hadoop path, or the name of a file that spark-submit"
              + " --files ships (default: braid.conf in the current directory, if it exists).")
  @Nullable
  public String file;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Where Spark runs: local[2], spark://host:7077, ... (default: spark-submit's master,"
              + " otherwise local[*]).")
  @Nullable String master;

  @Mixin OutputOptions output = new OutputOptions();

  /** All settings, with these options on top. */
  public Settings settings() {
    List<String> all = new ArrayList<>(assignments);
    assign(all, "store.root", store);
    assign(all, "line.name", line);
    assign(all, "spark.master", master);
    return SettingsLoader.load(
            all,
            settingsFile().map(each -> SettingsFile.find(each, sparkSettings())),
            sparkSettings())
        .checked();
  }

  /** Where the command prints. */
  public Console console() {
    return output.console();
  }

  /** Reports the progress of a run, in addition to the command's own output. */
  public ProgressListener progress() {
    return output.progress();
  }

  /** Overrides a setting, if the value is not null. */
  public void assign(String key, @Nullable String value) {
    assign(assignments, key, value);
  }

  private static void assign(List<String> assignments, String key, @Nullable String value) {
    if (value != null) {
      assignments.add(key + "=" + SettingsLoader.quoted(value));
    }
  }

  private Optional<String> settingsFile() {
    if (file != null) {
      return Optional.of(file);
    }
    return Optional.of(SettingsLoader.DEFAULT_FILE).filter(Files::exists).map(Path::toString);
  }

  /** The settings given to spark-submit, which passes them on as system properties. */
  private static Map<String, String> sparkSettings() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("spark."))
        .collect(Collectors.toMap(key -> key, System::getProperty));
  }
}
