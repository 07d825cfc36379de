package dev.braid.cli;

import dev.braid.jobs.SparkSessions;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens Spark where the settings, or spark-submit, say. */
final class Sessions {
  private static final String SUBMITTED = "spark.master";
  private static final String EMBEDDED = "local[*]";

  private Sessions() {}

  /** A context, which the caller closes. */
  static JavaSparkContext open(Settings settings) {
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
