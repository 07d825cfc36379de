package dev.braid.jobs.source.table;

import dev.braid.jobs.source.RefusedDatasetException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * Tells what lies in a table from what lies in the cluster: a broken file or a missing column stays
 * as it is however often it is read.
 */
final class TableFaults {
  /** Where the exceptions of libraries come from that read bytes which they already have. */
  private static final List<String> READERS =
      List.of(
          "org.apache.parquet.",
          "org.xerial.snappy.",
          "com.univocity.",
          "com.fasterxml.jackson.",
          "java.util.zip.");

  /** Spark's error conditions for content that it cannot understand. */
  private static final List<String> CONDITIONS =
      List.of(
          "CANNOT_READ_FILE_FOOTER",
          "PARQUET_COLUMN_DATA_TYPE_MISMATCH",
          "CONFLICTING_DIRECTORY_STRUCTURES",
          "CONFLICTING_PARTITION_COLUMN_NAMES",
          "MALFORMED",
          "PARSE_",
          "UNABLE_TO_INFER_SCHEMA");

  /** The class of SQLSTATE of values that do not fit, such as a text that is no number. */
  private static final String DATA_EXCEPTION = "22";

  private static final String NO_PARQUET = "is not a Parquet file";

  private TableFaults() {}

  /**
   * What a step of reading a table gives; Spark throws checked exceptions without declaring them.
   */
  static <T> T translated(String table, Supplier<T> step) {
    try {
      return step.get();
    } catch (Exception e) {
      throw of(table, e);
    }
  }

  /** The refusal of a table that causes a failure; the failure itself if it lies elsewhere. */
  private static RuntimeException of(String table, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedDatasetException refused) {
        return refused;
      }
      if (liesInTable(cause)) {
        RefusedDatasetException refused =
            new RefusedDatasetException(
                "Cannot read pictures from %s: %s", table, firstLine(cause));
        refused.initCause(failure);
        return refused;
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure.getMessage(), failure);
  }

  private static boolean liesInTable(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return (cause instanceof AnalysisException && cause.getCause() == null)
        || READERS.stream().anyMatch(cause.getClass().getName()::startsWith)
        || (cause instanceof SparkThrowable spark && isOfContent(spark))
        || message.contains(NO_PARQUET);
  }

  private static boolean isOfContent(SparkThrowable failure) {
    String condition = String.valueOf(failure.getCondition());
    return CONDITIONS.stream().anyMatch(condition::contains)
        || String.valueOf(failure.getSqlState()).startsWith(DATA_EXCEPTION);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(cause.toString());
  }
}
