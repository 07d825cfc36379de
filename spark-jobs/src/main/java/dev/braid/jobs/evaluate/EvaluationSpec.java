package dev.braid.jobs.evaluate;

import dev.braid.model.Check;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which pictures are evaluated, and what is known of them.
 *
 * @param sample the number of pictures, spread evenly over the split; all if there are fewer
 */
public record EvaluationSpec(Protocol protocol, Split split, long sample) implements Serializable {
  /** What may be known at test time (METHODS 5). */
  public enum Protocol {
    /** The task of a learned set is known: its expert answers alone. */
    KNOWN_TASK,
    /** The task is unknown; candidates are the classes of the tested set. */
    OWN_LABELS,
    /**
     * The task is unknown; candidates are the classes of all tasks learned so far, and of the
     * tested set if it is not among them.
     */
    UNION_LABELS;

    /** The protocol in commands, reports and keys of receipts. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The protocol of this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Protocol of(String label) {
      return Stream.of(values())
          .filter(protocol -> protocol.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Invalid protocol: %s (known-task, own-labels or union-labels)"
                          .formatted(label)));
    }
  }

  /** Every picture of a split. */
  public static final long ALL = Long.MAX_VALUE;

  public EvaluationSpec {
    Check.argument(sample > 0, "Invalid sample: %s pictures (at least 1)", sample);
  }

  /** Every picture of a split. */
  public static EvaluationSpec of(Protocol protocol, Split split) {
    return new EvaluationSpec(protocol, split, ALL);
  }

  /** Every picture of a split, each of a known task. */
  public static EvaluationSpec ofKnownTasks(Split split) {
    return of(Protocol.KNOWN_TASK, split);
  }

  /** The same specification for an even sample of the split. */
  public EvaluationSpec sampling(long pictures) {
    return new EvaluationSpec(protocol, split, pictures);
  }
}
