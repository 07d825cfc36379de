package dev.braid;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Opens Spark where the settings, or spark-submit, say. */
public final class SparkContexts {
  private static final String SUBMITTED = "spark.master";
  private static final String EMBEDDED = "local[*]";
  private static final String APP_NAME = "spark.app.name";

  /** Names that nobody chose: none, the submit script's, and spark-submit's own, the main class. */
  private static final Set<String> UNNAMED = Set.of("", "braid", "dev.braid.cli.Main");

  private SparkContexts() {}

  /**
   * A context, which the caller closes unless the program had one before: then this is that one.
   *
   * @throws SettingsException if Spark does not take its settings
   */
  public static JavaSparkContext open(Settings settings) {
    return open(settings, settings.sparkOptions());
  }

  /** A context that has one option more than the settings say, if it is opened here. */
  static JavaSparkContext open(Settings settings, String option, String value) {
    Map<String, String> options = new TreeMap<>(settings.sparkOptions());
    options.put(option, value);
    return open(settings, options);
  }

  private static JavaSparkContext open(Settings settings, Map<String, String> options) {
    Map<String, String> named = new TreeMap<>(options);
    if (UNNAMED.contains(System.getProperty(APP_NAME, ""))) {
      named.putIfAbsent(APP_NAME, "braid, line %s".formatted(settings.line()));
    }
    try {
      return begun(settings.master(), named);
    } catch (Exception e) { // Spark's own, undeclared: a wrong master, a size without a unit
      throw new SettingsException(
          "Cannot start Spark: %s; check --master and the settings under braid.spark"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static JavaSparkContext begun(String master, Map<String, String> options) {
    if (!master.isEmpty()) {
      return context(SparkSessions.open(master, options));
    }
    return context(
        System.getProperty(SUBMITTED) != null
            ? SparkSessions.submitted(options)
            : SparkSessions.open(EMBEDDED, options));
  }

  private static JavaSparkContext context(SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
