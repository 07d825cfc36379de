package dev.braid.vlm.text;

import dev.braid.model.Check;

/** Prompt templates with a placeholder for the class name. */
public final class Templates {
  /** The template for names that belong to no task. */
  public static final String DEFAULT = "a photo of a {c}.";

  private static final String PLACE = "{c}";

  private Templates() {}

  /** Refuses a template without the placeholder. */
  public static void check(String template) {
    Check.argument(
        template.contains(PLACE),
        "Invalid template: %s (write %s where the class's name belongs)",
        template,
        PLACE);
  }

  /** The prompt for a class; underscores in its name become spaces. */
  public static String fill(String template, String className) {
    check(template);
    return template.replace(PLACE, ClassNames.spoken(className));
  }
}
