package dev.braid.jobs.evaluate;

import dev.braid.model.Check;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures are evaluated, and how they are answered.
 *
 * @param sample the number of pictures, spread evenly over the split; all if there are fewer
 * @param rule for pictures of unknown tasks; null if every task is known
 */
public record EvaluationSpec(
    Protocol protocol, Split split, long sample, @Nullable RoutingSettings rule)
    implements Serializable {
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
    Check.argument(
        rule != null || protocol == Protocol.KNOWN_TASK,
        "Invalid protocol without a routing rule: %s",
        protocol.label());
  }

  /** Every picture of a split. */
  public static EvaluationSpec of(Protocol protocol, Split split, RoutingSettings rule) {
    return new EvaluationSpec(protocol, split, ALL, rule);
  }

  /** Every picture of a split, each answered by one model: all tasks are known. */
  public static EvaluationSpec ofKnownTasks(Split split) {
    return new EvaluationSpec(Protocol.KNOWN_TASK, split, ALL, /* rule= */ null);
  }

  /** The same specification for an even sample of the split. */
  public EvaluationSpec sampling(long pictures) {
    return new EvaluationSpec(protocol, split, pictures, rule);
  }

  /** Whether pictures of unknown tasks can be answered. */
  boolean hasRouting() {
    return rule != null;
  }

  /** The rule for pictures of unknown tasks. */
  RoutingSettings routing() {
    return Objects.requireNonNull(rule, "rule is null");
  }
}
