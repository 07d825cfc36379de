package dev.braid.jobs.source;

import dev.braid.vlm.text.ClassNames;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Validates the class names of a data set. */
public final class ClassNameList {
  private ClassNameList() {}

  /** A class's name as a list or a folder writes it, in the composed form of Unicode (NFC). */
  public static String name(String written) {
    return Normalizer.normalize(written, Normalizer.Form.NFC).strip();
  }

  /**
   * Returns the names if none is blank or has control characters, and no two read as the same
   * label.
   *
   * @throws RefusedDatasetException otherwise
   */
  public static List<String> checked(String source, List<String> names) {
    Map<String, String> seen = new HashMap<>();
    for (String name : names) {
      if (ClassNames.label(name).codePoints().allMatch(Character::isSpaceChar)) {
        throw new RefusedDatasetException("Cannot learn from %s: a class name is blank", source);
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new RefusedDatasetException(
            "Cannot learn from %s: the class name '%s' holds a line break or another control"
                + " character (shown as '?'); rename it",
            source, name.replaceAll("\\p{Cntrl}", "?"));
      }
      String other = seen.put(ClassNames.label(name), name);
      if (other != null) {
        throw new RefusedDatasetException(
            "Cannot learn from %s: the classes '%s' and '%s' read the same"
                + " (after trimming, case folding and underscore to blank); rename one",
            source, other, name);
      }
    }
    return List.copyOf(names);
  }
}
