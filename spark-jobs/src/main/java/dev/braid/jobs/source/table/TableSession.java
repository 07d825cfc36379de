package dev.braid.jobs.source.table;

import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Sessions and paths for reading tables of pictures. */
public final class TableSession {
  private static final String GLOB = "{}[]*?\\";

  private TableSession() {}

  /**
   * A session whose readers hold few pictures at once, skip no broken file, and open no path that a
   * query names; others of the program stay as they are.
   */
  public static SparkSession open() {
    SparkSession session = SparkSession.builder().getOrCreate().newSession();
    session.conf().set("spark.sql.parquet.columnarReaderBatchSize", 64);
    session.conf().set("spark.sql.caseSensitive", true);
    session.conf().set("spark.sql.files.maxPartitionBytes", "32m");
    session.conf().set("spark.sql.files.ignoreCorruptFiles", false);
    session.conf().set("spark.sql.files.ignoreMissingFiles", false);
    session.conf().set("spark.sql.parquet.binaryAsString", false);
    session.conf().set("spark.sql.runSQLOnFiles", false);
    return session;
  }

  /** A path as Spark reads it: characters that it would take for a pattern mean themselves. */
  public static String literal(String path) {
    return path.codePoints()
        .mapToObj(c -> GLOB.indexOf(c) >= 0 ? "\\" + Character.toString(c) : Character.toString(c))
        .collect(Collectors.joining());
  }
}
