package dev.braid.jobs.predict;

import java.util.Locale;

/** The format of the files that a prediction writes. */
public enum OutputFormat {
  PARQUET,
  /** With a header; top_k is JSON text. */
  CSV,
  /** One object a line. */
  JSON;

  /** The format in commands and in Spark. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
