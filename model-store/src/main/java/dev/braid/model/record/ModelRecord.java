package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A whole model after a merge step. The digest of its canonical JSON is the model digest.
 *
 * @param strategy how its tasks are merged: {@link #CONDU} or {@link #PAM}
 * @param mergeState of {@link #CONDU}; meaningless in other strategies
 * @param rescalerKind in the same way
 * @param settings of the strategy besides these two
 * @param state digests of the blobs that all tasks share: "u" and its companions, or "global";
 *     empty without tasks
 * @param tasks the learned tasks, in version order
 * @param rule how a version with experts answers; empty before its measurement, without tasks, and
 *     in formats 1 and 2
 */
public record ModelRecord(
    ParameterSpace space,
    String strategy,
    MergeState mergeState,
    RescalerKind rescalerKind,
    SortedMap<String, String> settings,
    SortedMap<String, Digest> state,
    List<Learned> tasks,
    Optional<RoutingRule> rule)
    implements Serializable {
  /** The strategy that gives every task an expert of its own (METHODS 2). */
  public static final String CONDU = "condu";

  /**
   * The strategy that averages the tasks into one model, which answers for all of them (METHODS 3).
   */
  public static final String PAM = "pam";

  /** The one delta of {@link #PAM}. */
  public static final String GLOBAL = "global";

  /** The unified delta. */
  public static final String UNIFIED = "u";

  /** Per coordinate the last merge step in which the elected sign flipped (METHODS 2.4). */
  public static final String LAST_FLIP = "last-flip";

  /** The sum of all deltas, in version order. */
  public static final String SUM = "sum";

  /** The largest entry of all deltas, at least 0. */
  public static final String HIGH = "high";

  /** The smallest entry of all deltas, at most 0. */
  public static final String LOW = "low";

  /**
   * A task in this model.
   *
   * @param record digest of its task record
   * @param step the merge step in which it was learned, counted from 1; last flips name such steps
   * @param lambda its rescaler: one for the whole delta, or one per group
   */
  public record Learned(TaskId task, Digest record, int step, List<Float> lambda)
      implements Serializable {
    public Learned {
      lambda = List.copyOf(lambda);
      Check.argument(step > 0, "Invalid merge step of task %s: %s (positive)", task, step);
      for (float each : lambda) {
        Check.argument(
            Float.isFinite(each) && each >= 0,
            "Invalid rescaler of task %s: %s (not negative)",
            task,
            each);
      }
    }
  }

  public ModelRecord {
    settings = Copies.of(settings);
    state = Copies.of(state);
    tasks = List.copyOf(tasks);
    Set<TaskId> names = new TreeSet<>();
    int step = 0;
    for (Learned learned : tasks) {
      Check.argument(names.add(learned.task()), "Invalid model: task %s twice", learned.task());
      Check.argument(
          learned.step() > step, "Invalid model: merge step %s after %s", learned.step(), step);
      step = learned.step();
    }
    rule.ifPresent(present -> check(present, strategy, names));
  }

  private static void check(RoutingRule rule, String strategy, Set<TaskId> names) {
    Check.argument(
        !strategy.equals(PAM), "Invalid model: a rule for experts (strategy %s has none)", PAM);
    Check.argument(!names.isEmpty(), "Invalid model: a rule without tasks (at least one task)");
    if (rule instanceof RoutingRule.Statistics statistics) {
      Check.argument(
          statistics.tasks().keySet().equals(names),
          "Invalid model: a rule for tasks %s (must be %s)",
          statistics.tasks().keySet(),
          names);
    }
  }

  /** A model of {@link #CONDU}. */
  public ModelRecord(
      ParameterSpace space,
      String strategy,
      MergeState mergeState,
      RescalerKind rescalerKind,
      SortedMap<String, Digest> state,
      List<Learned> tasks) {
    this(
        space, strategy, mergeState, rescalerKind, new TreeMap<>(), state, tasks, Optional.empty());
  }

  /** A model of {@link #PAM}. */
  public static ModelRecord pam(
      ParameterSpace space,
      SortedMap<String, String> settings,
      SortedMap<String, Digest> state,
      List<Learned> tasks) {
    return new ModelRecord(
        space,
        PAM,
        MergeState.DECOUPLED,
        RescalerKind.TENSOR_MEAN,
        settings,
        state,
        tasks,
        Optional.empty());
  }

  /** Whether one model answers for all tasks, without separate experts. */
  public boolean isOneForAll() {
    return strategy.equals(PAM);
  }

  /** The digest of the one delta for all tasks; empty with separate experts or without tasks. */
  public Optional<Digest> global() {
    return Optional.ofNullable(state.get(GLOBAL));
  }

  /** The digest of its base. */
  public Digest base() {
    return space.base();
  }

  /** The task of this name, if it was learned. */
  public Optional<Learned> learned(TaskId task) {
    return tasks.stream().filter(learned -> learned.task().equals(task)).findFirst();
  }

  /** The same state with these tasks, without a rule. */
  public ModelRecord withTasks(List<Learned> learned) {
    return with(state, learned);
  }

  /** The same line's model with another state and these tasks, without a rule. */
  public ModelRecord with(SortedMap<String, Digest> merged, List<Learned> learned) {
    return with(merged, learned, Optional.empty());
  }

  /** The same model with this rule. */
  public ModelRecord with(RoutingRule answers) {
    return with(state, tasks, Optional.of(answers));
  }

  /**
   * The same model without a rule, which is what merges and experts depend on: an expert has the
   * same weights whatever the rule.
   */
  public ModelRecord withoutRule() {
    return with(state, tasks, Optional.empty());
  }

  private ModelRecord with(
      SortedMap<String, Digest> merged, List<Learned> learned, Optional<RoutingRule> answers) {
    return new ModelRecord(
        space, strategy, mergeState, rescalerKind, settings, merged, learned, answers);
  }

  private Object writeReplace() {
    return new Serialized(
        space, strategy, mergeState, rescalerKind, settings, state, tasks, rule.stream().toList());
  }

  /** A record on its way to an executor: Java does not serialize an Optional. */
  private record Serialized(
      ParameterSpace space,
      String strategy,
      MergeState mergeState,
      RescalerKind rescalerKind,
      SortedMap<String, String> settings,
      SortedMap<String, Digest> state,
      List<Learned> tasks,
      List<RoutingRule> rule)
      implements Serializable {
    private Object readResolve() {
      return new ModelRecord(
          space,
          strategy,
          mergeState,
          rescalerKind,
          settings,
          state,
          tasks,
          rule.stream().findFirst());
    }
  }
}
