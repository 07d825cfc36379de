package dev.braid.driver;

import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import java.util.List;
import java.util.Locale;

/**
 * What became of a task.
 *
 * @param version which says so
 * @param reasons what speaks against the task; a forced one is published all the same
 */
public record Decision(Version version, TaskId task, Fate fate, List<String> reasons) {
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** The ways that a decision may go. */
  public enum Fate {
    /** The version's model knows it. */
    LEARNED,
    /** The version's model knows it instead of another one of its name. */
    REPLACED,
    /** The version's model is the one before. */
    SET_ASIDE;

    /** Its name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether the version's model knows the task now. */
  public boolean published() {
    return fate != Fate.SET_ASIDE;
  }
}
