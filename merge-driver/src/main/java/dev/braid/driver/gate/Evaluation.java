package dev.braid.driver.gate;

import dev.braid.driver.line.EvaluationSets;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.merging.Candidate;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateInput.Union;
import dev.braid.model.figures.GateInput.UnionChange;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.Score;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stage that evaluates a candidate and the head on all tasks' validation pictures. */
public final class Evaluation {
  private final ModelStore store;
  private final EvaluateJob job;
  private final EvaluationSpec validation;
  private final EvaluationSpec union;
  private final ProgressListener progressListener;

  /**
   * The stage.
   *
   * @param sample validation pictures per task, spread evenly over its classes
   */
  public Evaluation(
      ModelStore store, EvaluateJob job, long sample, ProgressListener progressListener) {
    this.store = store;
    this.job = job;
    this.validation = EvaluationSpec.ofKnownTasks(Split.VALIDATION).sampling(sample);
    this.union = EvaluationSpec.of(Protocol.UNION_LABELS, Split.VALIDATION).sampling(sample);
    this.progressListener = progressListener;
  }

  /**
   * The input of the gate.
   *
   * @param added the test set of the task that the candidate adds
   * @param classes the number of its classes
   * @param alarms what the merge reports against the candidate
   */
  public GateInput run(
      Head head, Candidate candidate, EvaluationSet added, int classes, List<String> alarms) {
    List<EvaluationSet> known =
        EvaluationSets.of(store, head.model()).stream()
            .filter(each -> !each.task().equals(added.task())) // evaluated on the added test set
            .toList();
    List<EvaluationSet> all = new ArrayList<>(known);
    all.add(added);
    long started = System.nanoTime();
    boolean isReplaced = head.model().learned(added.task()).isPresent();
    List<Score> before =
        job.run(store.records().put(head.model()), validation, isReplaced ? all : known);
    List<Score> after = job.run(candidate.model(), validation, all);
    Score base = job.alone(new WeightsRef.Base(), validation, List.of(added)).get(0);
    SortedMap<TaskId, Change> changes = new TreeMap<>();
    for (int i = 0; i < before.size(); i++) { // a replaced task too, on the new task's pictures
      TaskId task = all.get(i).task();
      PairedCounts night = before.get(i).answers().to(after.get(i).answers());
      boolean isReplacement = task.equals(added.task());
      changes.put(
          task, new Change(isReplacement ? Optional.empty() : head.validation(task), night));
    }
    GateInput input =
        new GateInput(
            added.task(),
            classes,
            base.answers().to(after.get(known.size()).answers()),
            changes,
            candidate.record().rule().orElse(null) instanceof RoutingRule.Statistics
                ? Optional.of(union(head, candidate, known, added))
                : Optional.empty(),
            alarms,
            new EvaluationCost(
                base.total() + after.stream().mapToLong(Score::total).sum(),
                (System.nanoTime() - started) / 1e9));
    progressListener.say(
        "%s: %s of the validation pictures right, %s; the base %s%s"
            .formatted(
                added.task(),
                input.candidate(),
                input.candidate().interval(),
                input.base(),
                input
                    .union()
                    .map(
                        union ->
                            "; %.1f %% if nobody names the task"
                                .formatted(100 * union.added().value()))
                    .orElse("")));
    return input;
  }

  /** The same comparison where the task of a picture is unknown. */
  private Union union(
      Head head, Candidate candidate, List<EvaluationSet> known, EvaluationSet added) {
    List<EvaluationSet> all = new ArrayList<>(known);
    all.add(added);
    List<Score> before = job.run(store.records().put(head.model()), union, known);
    List<Score> after = job.run(candidate.model(), union, all);
    SortedMap<TaskId, UnionChange> changes = new TreeMap<>();
    for (int i = 0; i < before.size(); i++) {
      changes.put(
          known.get(i).task(),
          new UnionChange(
              before.get(i).answers().to(after.get(i).answers()),
              after.get(i).answered().getOrDefault(added.task(), 0L)));
    }
    CorrectAnswers ofAdded = after.get(known.size()).answers();
    return new Union(new Proportion(ofAdded.correct(), ofAdded.total()), changes);
  }

  /** Stores the figures and the result, so that a decision can be explained later. */
  public GateDecision store(GateInput input, GateResult result) {
    return new GateDecision(input, result, store.records().put(input, result));
  }
}
