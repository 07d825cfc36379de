package dev.braid.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/** A line of versions with its own head; safe as a path segment. */
public record LineId(String name) implements Comparable<LineId>, Serializable {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** The line that commands use when none is named. */
  public static final LineId MAIN = new LineId("main");

  public LineId {
    Check.argument(
        FORM.matcher(name).matches(),
        "Invalid line name: %s (1 to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit first)",
        name);
  }

  @Override
  public int compareTo(LineId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
