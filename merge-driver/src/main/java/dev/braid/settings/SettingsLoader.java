package dev.braid.settings;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the sources of settings: {@code --conf} overrides the file, which overrides {@code
 * spark.braid.*}, which overrides {@code reference.conf}.
 */
public final class SettingsLoader {
  private static final String ROOT = "braid";
  private static final Config EMPTY = ConfigFactory.parseMap(Map.of(ROOT, Map.of()));

  private SettingsLoader() {}

  /** The file that is read from the working directory if {@code --config} names none. */
  public static final Path DEFAULT_FILE = Path.of("braid.conf");

  /**
   * The checked settings of a program: the defaults with these on top.
   *
   * @param assignments {@code key=value}; the key with or without the root
   * @throws SettingsException if one is unknown or invalid
   */
  public static Settings load(String... assignments) {
    return load(List.of(assignments), Optional.empty(), Map.of()).checked();
  }

  /**
   * The checked settings, without the root {@code braid}.
   *
   * @param assignments {@code key=value} from the command line; the key with or without the root
   * @param file an optional HOCON file
   * @param sparkSettings Spark's settings, of which those under {@code spark.braid.} are used
   */
  public static Settings load(
      List<String> assignments, Optional<SettingsFile> file, Map<String, String> sparkSettings) {
    Config reference = ConfigFactory.parseResources(SettingsLoader.class, "/reference.conf");
    Config given =
        assigned(assignments)
            .withFallback(file.map(SettingsFile::read).orElse(ConfigFactory.empty()))
            .withFallback(fromSpark(sparkSettings));
    try {
      Config all = given.withFallback(reference).resolve();
      KnownKeys.of(reference).check(all);
      Config mine = given.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
      return new Settings(all.getConfig(ROOT), mine.withFallback(EMPTY).getConfig(ROOT));
    } catch (ConfigException e) {
      throw new SettingsException("Cannot read the settings: " + e.getMessage(), e);
    }
  }

  /** The text as a value that HOCON reads back unchanged. */
  public static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  private static Config assigned(List<String> assignments) {
    Config all = ConfigFactory.empty();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new SettingsException(
            "Invalid --conf %s (key=value, for example train.steps=200)".formatted(assignment));
      }
      String key = rooted(assignment.substring(0, equals).strip());
      all = one(key, assignment.substring(equals + 1), "--conf").withFallback(all);
    }
    return all;
  }

  /** Spark's own keys are passed to Spark, from whichever source. */
  private static String rooted(String key) {
    if (key.startsWith("spark.")
        && !key.equals("spark.master")
        && !key.startsWith("spark.options")) {
      return ROOT + ".spark.options." + ConfigUtil.quoteString(key);
    }
    return key.startsWith(ROOT + ".") ? key : ROOT + "." + key;
  }

  /** A value that is not HOCON, such as local[2], is used literally. */
  private static Config one(String key, String value, String source) {
    try {
      ConfigValue parsed =
          requireNonNull(ConfigFactory.parseString("v = " + value).root().get("v"));
      return parsed.withOrigin(ConfigOriginFactory.newSimple(source)).atPath(key);
    } catch (ConfigException notHocon) {
      return text(key, value, source);
    }
  }

  private static Config text(String key, String value, String source) {
    try {
      return ConfigValueFactory.fromAnyRef(value, source).atPath(key);
    } catch (ConfigException e) {
      throw new SettingsException(
          "Invalid key of %s: %s (%s)".formatted(source, key, e.getMessage()), e);
    }
  }

  private static Config fromSpark(Map<String, String> sparkSettings) {
    Config all = ConfigFactory.empty();
    for (Map.Entry<String, String> setting : sparkSettings.entrySet()) {
      if (setting.getKey().startsWith("spark.braid.")) {
        String key = setting.getKey().substring("spark.".length());
        all = all.withFallback(one(key, setting.getValue(), "Spark's settings"));
      }
    }
    return all;
  }
}
