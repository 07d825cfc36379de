package dev.braid.vlm.text;

import dev.braid.model.Check;

/** Prompts with a place for a class's name. */
public final class Templates {
  /** The prompt for names that belong to no task. */
  public static final String DEFAULT = "a photo of a {c}.";

  private static final String PLACE = "{c}";

  private Templates() {}

  /** Refuses a template that has no place for the class's name. */
  public static void check(String template) {
    Check.argument(
        template.contains(PLACE),
        "Invalid template: %s (write %s where the class's name belongs)",
        template,
        PLACE);
  }

  /** The prompt for a class; underscores in its name are read as blanks. */
  public static String fill(String template, String className) {
    check(template);
    return template.replace(PLACE, ClassNames.spoken(className));
  }
}
