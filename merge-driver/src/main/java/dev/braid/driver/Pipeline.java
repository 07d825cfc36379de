package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.PreparedTasks.Attempt;
import dev.braid.driver.gate.Evaluation;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.gate.GateDecision;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.model.figures.GateInput;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The flow from the inbox to versions, one stage per line.
 *
 * <p>Each stage stores its results under the digest of its inputs. So a run can be killed anywhere:
 * the next one continues, and ends in the same bits.
 */
public final class Pipeline {
  /** How often a run decides about one task before it gives way to the other processes. */
  static final int MAX_ATTEMPTS = 3;

  private final JavaSparkContext spark;
  private final Line line;
  private final Stages stages;

  Pipeline(JavaSparkContext spark, Line line, Stages stages) {
    this.spark = spark;
    this.line = line;
    this.stages = stages;
  }

  /** The stages, in the order in which a task passes through them. */
  record Stages(
      Preparation preparation,
      Merge merge,
      Evaluation evaluation,
      Gate gate,
      Publisher publisher,
      RuleRenewal ruleRenewal,
      Quarantine quarantine) {}

  /**
   * The result of a run.
   *
   * @param renewed the version that only gives the head's model the rule of the settings; empty if
   *     it had it
   * @param decisions about the tasks that waited, all published
   * @param failed tasks that failed for a reason that is not their own: they still wait
   * @param postponed tasks that wait because the run's time was over; rounds that they trained are
   *     kept
   * @param conflict the decision that ended the run, because it conflicted with another process
   *     each time it was made: run again
   */
  public record Outcome(
      Optional<Version> renewed,
      List<Decision> decisions,
      List<Failed> failed,
      List<InboxEntry> postponed,
      Optional<Conflict> conflict) {
    /** No task waited. */
    public static final Outcome NOTHING =
        new Outcome(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());

    public Outcome {
      decisions = List.copyOf(decisions);
      failed = List.copyOf(failed);
      postponed = List.copyOf(postponed);
    }
  }

  /**
   * A task whose decision conflicted; it still waits, and so do those after it.
   *
   * @param cause of the last attempt: others published first, or deleted what the version needs
   */
  public record Conflict(InboxEntry file, CommitConflictException cause) {}

  /**
   * Brings the line up to date with its inbox.
   *
   * <p>Interrupting the thread cancels the run: its Spark jobs end, the undecided tasks are among
   * those that failed, with a {@link CancellationException}, and the thread stays interrupted.
   */
  public Outcome run(Forced forced) {
    RunJobs jobs = RunJobs.begin(spark, line.id());
    try {
      return decideAll(jobs, forced);
    } finally {
      jobs.end();
    }
  }

  private Outcome decideAll(RunJobs jobs, Forced forced) {
    Optional<Version> renewed = stages.ruleRenewal().run();
    try (PreparedTasks tasks = stages.preparation().start(line.head(), forced)) {
      try {
        return decideAll(renewed, tasks, forced);
      } finally {
        jobs.cancel(); // before the tasks are closed, which waits for their threads
      }
    }
  }

  private Outcome decideAll(Optional<Version> renewed, PreparedTasks tasks, Forced forced) {
    List<Decision> decisions = new ArrayList<>();
    for (Prepared task : tasks) {
      try {
        decide(tasks, task, forced).ifPresent(decisions::add);
      } catch (CommitConflictException e) {
        Conflict conflict = new Conflict(task.file(), e);
        return outcome(renewed, decisions, tasks.failed(), Optional.of(conflict));
      } catch (RuntimeException e) { // the store or the cluster: no later task would fare better
        tasks.stop(new Failed(task.file(), cause(e)));
      }
    }
    return quarantined(outcome(renewed, decisions, tasks.failed(), Optional.empty()));
  }

  private static Outcome outcome(
      Optional<Version> renewed,
      List<Decision> decisions,
      List<Failed> undecided,
      Optional<Conflict> conflict) {
    List<Failed> failed = new ArrayList<>(undecided);
    failed.removeIf(each -> each.cause() instanceof PostponedException);
    List<InboxEntry> postponed =
        undecided.stream()
            .filter(each -> each.cause() instanceof PostponedException)
            .map(Failed::file)
            .toList();
    return new Outcome(renewed, decisions, failed, postponed, conflict);
  }

  /** Sets aside what has failed in too many nights, at the end, when the others are decided. */
  private Outcome quarantined(Outcome outcome) {
    List<Decision> decisions = new ArrayList<>(outcome.decisions());
    List<Failed> failed = new ArrayList<>();
    for (Failed each : outcome.failed()) {
      Optional<Decision> decision = quarantine(each);
      decision.ifPresentOrElse(decisions::add, () -> failed.add(each));
    }
    return new Outcome(
        outcome.renewed(), decisions, failed, outcome.postponed(), outcome.conflict());
  }

  private Optional<Decision> quarantine(Failed failed) {
    try {
      Optional<String> reason = stages.quarantine().reason(failed);
      Head head = line.head();
      return reason.isEmpty() || head.decided(Forced.NONE).contains(failed.file().file())
          ? Optional.empty()
          : Optional.of(stages.publisher().quarantine(head, failed.file(), reason.get()));
    } catch (CommitConflictException | RuntimeException e) { // the next run decides again
      failed.cause().addSuppressed(e);
      return Optional.empty();
    }
  }

  /** The failure; an interruption makes files and Spark fail in ways of their own. */
  private static RuntimeException cause(RuntimeException failure) {
    if (failure instanceof CancellationException || !Thread.currentThread().isInterrupted()) {
      return failure;
    }
    RuntimeException cancelled = interrupted();
    return (RuntimeException) cancelled.initCause(failure);
  }

  private static CancellationException interrupted() {
    return new CancellationException("Cancelled the run: its thread was interrupted");
  }

  /**
   * The decision; empty if another run has decided the task in the meantime, or the task is among
   * those that failed. A decision that conflicts with another process is made again from the head.
   *
   * @throws CommitConflictException if that happens {@link #MAX_ATTEMPTS} times
   */
  private Optional<Decision> decide(PreparedTasks tasks, Prepared prepared, Forced forced)
      throws CommitConflictException {
    Optional<Prepared> task = Optional.of(prepared);
    for (int attempt = 1; task.isPresent(); attempt++) {
      try {
        return decideOnce(task.get(), forced);
      } catch (CommitConflictException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        stages.publisher().sayAgain(prepared.file(), e);
        Attempt again = stages.preparation().again(task.get(), forced);
        again.failed().ifPresent(tasks::fail);
        task = again.prepared();
      }
    }
    return Optional.empty();
  }

  private Optional<Decision> decideOnce(Prepared task, Forced forced)
      throws CommitConflictException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    Head head = line.head();
    if (head.decided(forced).contains(task.file().file())) {
      return Optional.empty();
    }
    RunJobs.OfTask jobs = RunJobs.ofTask(spark, task.file().task());
    try {
      return Optional.of(learn(head, task.trained(), forced));
    } catch (RefusedTaskException e) {
      return Optional.of(stages.publisher().setAside(head, task.file(), e));
    } finally {
      jobs.end();
    }
  }

  private Decision learn(Head head, Trained task, Forced forced) throws CommitConflictException {
    Candidate candidate = stages.merge().run(head, task);
    List<String> alarms = stages.merge().alarms(head, candidate, task.request().task());
    int classes = task.content().classNames().size();
    GateInput input =
        stages.evaluation().run(head, candidate, task.evaluationSet(), classes, alarms);
    GateDecision decision = stages.evaluation().store(input, stages.gate().decide(input));
    return decision.result().accepted() || forced.covers(task.file())
        ? stages.publisher().publish(head, candidate, task.request(), decision)
        : stages.publisher().setAside(head, task.file(), decision);
  }
}
