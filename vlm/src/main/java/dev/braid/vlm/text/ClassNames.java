package dev.braid.vlm.text;

import java.util.Locale;

/** How a class's name is read aloud, and when two names are one. */
public final class ClassNames {
  private ClassNames() {}

  /** The name as a prompt says it: underscores are blanks, none at the ends. */
  public static String spoken(String className) {
    return className.replace('_', ' ').strip();
  }

  /** What equal classes have in common: their names, spoken, without regard to case. */
  public static String label(String className) {
    // Upper case first: it takes apart what has no lower-case twin, such as the sharp s.
    return spoken(className).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
