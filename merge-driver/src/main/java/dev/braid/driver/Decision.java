package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import java.util.List;
import java.util.Locale;

/**
 * The decision about a task.
 *
 * @param version the version that records the decision
 * @param entry the inbox file that asked for the task
 * @param reasons the gate's reasons against the task; a forced task is published despite them
 */
public record Decision(Version version, InboxEntry entry, Fate fate, List<String> reasons) {
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
    SET_ASIDE,
    /** The version's model is the previous one: the task has failed in too many nights. */
    QUARANTINED;

    /** Its name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The task. */
  public TaskId task() {
    return entry.task();
  }

  /** The digest of the inbox file. */
  public Digest file() {
    return entry.file();
  }

  /** The decision for people: "Learned dtd." or "Set aside dtd: " and the reasons. */
  public String sentence() {
    return switch (fate) {
      case LEARNED -> "Learned %s.".formatted(task());
      case REPLACED -> "Replaced %s.".formatted(task());
      case SET_ASIDE, QUARANTINED ->
          "Set aside %s: %s".formatted(task(), String.join("; ", reasons));
    };
  }

  /** Whether the version's model has learned the task. */
  public boolean published() {
    return fate == Fate.LEARNED || fate == Fate.REPLACED;
  }
}
