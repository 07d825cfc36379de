package dev.braid.vlm.text;

import java.text.Normalizer;
import java.util.Locale;

/** The form of a class name in a prompt, and the equality of class names. */
public final class ClassNames {
  private ClassNames() {}

  /** The name in a prompt: underscores become spaces, and the ends are stripped. */
  public static String spoken(String className) {
    return className.replace('_', ' ').strip();
  }

  /**
   * The label that equal classes share: the name as in a prompt, without regard to case and to how
   * Unicode composes letters with accents.
   */
  public static String label(String className) {
    String composed = Normalizer.normalize(spoken(className), Normalizer.Form.NFC);
    // Upper case first: it expands letters without an upper-case form, such as the sharp s.
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
