package dev.braid.inference.classify;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.vlm.text.ClassNames;
import dev.braid.vlm.text.Templates;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes from which a picture's label is chosen, and what is known of the picture. */
public sealed interface Candidates extends Serializable {
  /** The classes of all learned tasks; the picture's task is unknown. */
  record AllLearned() implements Candidates {}

  /** The classes of a learned task, of which the picture is known to be. */
  record OfTask(TaskId task) implements Candidates {}

  /** The classes of a learned task; the picture's task is unknown. */
  record ClassesOf(TaskId task) implements Candidates {}

  /**
   * Names that belong to no task; the picture's task is unknown.
   *
   * @param templates prompts with "{c}" for the name
   */
  record Names(List<String> names, List<String> templates) implements Candidates {
    public Names {
      names = List.copyOf(names);
      templates = List.copyOf(templates);
      check(names);
      Check.argument(!templates.isEmpty(), "Invalid templates: none (at least one)");
      templates.forEach(Templates::check);
    }

    /** Names in the prompt "a photo of a {c}.". */
    public static Names of(List<String> names) {
      return new Names(names, List.of(Templates.DEFAULT));
    }

    private static void check(List<String> names) {
      Check.argument(!names.isEmpty(), "Invalid class names: none (at least one)");
      Map<String, String> known = new HashMap<>();
      for (String name : names) {
        String label = ClassNames.label(name);
        Check.argument(!label.isEmpty(), "Invalid class name: '%s' (not blank)", name);
        String twin = known.put(label, name);
        Check.argument(
            twin == null, "Invalid class names: '%s' and '%s' are the same name", twin, name);
      }
    }
  }
}
