package dev.braid.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A file of settings, on the local disk or any file system of Hadoop's.
 *
 * @param path a local path, or one with a scheme
 * @param options Hadoop's settings for its file system
 */
public record SettingsFile(String path, Map<String, String> options) {
  private static final String SCHEME = "[a-z][a-z0-9+.-]+:.*";
  private static final String HADOOP = "spark.hadoop.";

  /** A file of the local disk. */
  public static SettingsFile local(Path path) {
    return new SettingsFile(path.toString(), Map.of());
  }

  /**
   * The file that a user names: a path with a scheme; a local path; or, where there is no such
   * file, one of its name that spark-submit ships. YARN and Kubernetes put shipped files into the
   * driver's working directory, other masters only say where they are.
   *
   * @param spark Spark's settings
   */
  public static SettingsFile find(String named, Map<String, String> spark) {
    Map<String, String> hadoop = new TreeMap<>();
    spark.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            hadoop.put(key.substring(HADOOP.length()), value);
          }
        });
    if (named.matches(SCHEME)) {
      return new SettingsFile(named, hadoop);
    }
    Path path = Path.of(named);
    Path shipped = Path.of(name(named));
    if (!Files.exists(path) && Files.exists(shipped)) {
      return local(shipped);
    }
    return Optional.of(named)
        .filter(file -> !Files.exists(Path.of(file)))
        .flatMap(file -> listed(name(file), spark))
        .map(uri -> new SettingsFile(uri, hadoop))
        .orElseGet(() -> local(path));
  }

  /** Where Spark says that a shipped file of this name is. */
  private static Optional<String> listed(String name, Map<String, String> spark) {
    return Stream.of("spark.files", "spark.yarn.dist.files")
        .flatMap(key -> Stream.of(spark.getOrDefault(key, "").split(",", -1)))
        .map(String::strip)
        .filter(uri -> !uri.isEmpty())
        .filter(uri -> name.equals(uri.contains("#") ? after(uri, '#') : name(uri)))
        .map(uri -> uri.contains("#") ? uri.substring(0, uri.indexOf('#')) : uri)
        .findFirst();
  }

  private static String name(String path) {
    return after(path, '/');
  }

  private static String after(String text, char mark) {
    return text.substring(text.lastIndexOf(mark) + 1);
  }

  /**
   * Its settings. Files that a local one includes are found beside it.
   *
   * @throws SettingsException if it cannot be read
   */
  Config read() {
    try {
      return path.matches(SCHEME) && !path.startsWith("file:") ? parsed(text()) : parsedFile();
    } catch (ConfigException | StoreAccessException e) {
      throw new SettingsException(
          "Cannot read the settings file %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private Config parsedFile() {
    File file = new File(path.replaceFirst("^file:/*", "/"));
    if (!Files.isReadable(file.toPath())) {
      throw missing();
    }
    return ConfigFactory.parseFile(file, ConfigParseOptions.defaults().setAllowMissing(false));
  }

  private SettingsException missing() {
    return new SettingsException(
        "Cannot read the settings file %s: it does not exist or may not be read".formatted(path));
  }

  private String text() {
    int slash = path.lastIndexOf('/');
    return Folder.of(path.substring(0, slash + 1), options)
        .read(name(path))
        .map(bytes -> new String(bytes, UTF_8))
        .orElseThrow(this::missing);
  }

  private Config parsed(String text) {
    return ConfigFactory.parseString(
        text,
        ConfigParseOptions.defaults()
            .setOriginDescription(path)
            .setSyntax(path.endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF));
  }
}
