package dev.braid;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens Spark where the settings, or spark-submit, say. */
public final class SparkContexts {
  private static final String SUBMITTED = "spark.master";
  private static final String EMBEDDED = "local[*]";

  private SparkContexts() {}

  /**
   * A context, which the caller closes.
   *
   * @throws SettingsException if Spark does not take its settings
   */
  public static JavaSparkContext open(Settings settings) {
    try {
      return begun(settings);
    } catch (Exception e) { // Spark's own, undeclared: a wrong master, a size without a unit
      throw new SettingsException(
          "Cannot start Spark: %s; check --master and the settings under braid.spark"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static JavaSparkContext begun(Settings settings) {
    if (!settings.master().isEmpty()) {
      return context(SparkSessions.open(settings.master(), settings.sparkOptions()));
    }
    return context(
        System.getProperty(SUBMITTED) != null
            ? SparkSessions.submitted(settings.sparkOptions())
            : SparkSessions.open(EMBEDDED, settings.sparkOptions()));
  }

  private static JavaSparkContext context(org.apache.spark.sql.SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
