package dev.braid.driver;

import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import java.util.List;
import java.util.Locale;

/**
 * The decision about a task.
 *
 * @param version the version that records the decision
 * @param reasons the gate's reasons against the task; a forced task is published despite them
 */
public record Decision(Version version, TaskId task, Fate fate, List<String> reasons) {
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** The possible decisions. */
  public enum Fate {
    /** The version's model has learned the task. */
    LEARNED,
    /** The version's model has learned the task in place of another one of the same name. */
    REPLACED,
    /** The version's model is the previous one. */
    SET_ASIDE;

    /** Its name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The decision for people: "Learned dtd." or "Set aside dtd: " and the reasons. */
  public String sentence() {
    return switch (fate) {
      case LEARNED -> "Learned %s.".formatted(task);
      case REPLACED -> "Replaced %s.".formatted(task);
      case SET_ASIDE -> "Set aside %s: %s".formatted(task, String.join("; ", reasons));
    };
  }

  /** Whether the version's model has learned the task. */
  public boolean published() {
    return fate != Fate.SET_ASIDE;
  }
}
