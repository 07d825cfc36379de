package dev.braid.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/** A task's name: safe as a path segment, a file name and a settings value. */
public record TaskId(String name) implements Comparable<TaskId>, Serializable {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  public TaskId {
    Check.argument(
        FORM.matcher(name).matches(),
        "Invalid task name: %s (1 to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit first)",
        name);
  }

  @Override
  public int compareTo(TaskId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
