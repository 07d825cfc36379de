package dev.braid.driver;

import dev.braid.driver.Prepared.AlreadyDecided;
import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.gate.Evaluation;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.LineStrategy;
import dev.braid.driver.merging.RefusedDeltaException;
import dev.braid.model.Digest;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateResult;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flow from the inbox to versions: what Braid does, one stage a line.
 *
 * <p>Every stage leaves what it made in the store under the digest of what it made it from. So a
 * run that was killed anywhere is taken up by the next one, which ends in the same bits.
 */
public final class Pipeline {
  private final Line line;
  private final InboxReader inboxReader;
  private final Preparation preparation;
  private final LineStrategy lineStrategy;
  private final Evaluation evaluation;
  private final Gate gate;
  private final Publisher publisher;

  Pipeline(
      Line line,
      InboxReader inboxReader,
      Preparation preparation,
      LineStrategy lineStrategy,
      Evaluation evaluation,
      Gate gate,
      Publisher publisher) {
    this.line = line;
    this.inboxReader = inboxReader;
    this.preparation = preparation;
    this.lineStrategy = lineStrategy;
    this.evaluation = evaluation;
    this.gate = gate;
    this.publisher = publisher;
  }

  /**
   * What a run came to.
   *
   * @param decisions what became of the tasks that waited; empty if none did
   * @param failed tasks that a fault stopped which is not theirs: they wait
   */
  public record Outcome(List<Decision> decisions, List<Failed> failed) {
    /** No task waited. */
    public static final Outcome NOTHING = new Outcome(List.of(), List.of());

    public Outcome {
      decisions = List.copyOf(decisions);
      failed = List.copyOf(failed);
    }
  }

  /**
   * Brings the line up to date with its inbox.
   *
   * @throws CommitConflictException if another run published first: run again
   */
  public Outcome run(Forced forced) throws CommitConflictException {
    List<Decision> decisions = new ArrayList<>();
    InboxReader.Waiting waiting = inboxReader.waiting(line.head(), forced);
    List<Failed> failed = new ArrayList<>(waiting.failed());
    for (Refused unreadable : waiting.unreadable()) {
      decide(unreadable, forced).ifPresent(decisions::add);
    }
    try (Preparation.Waiting tasks =
        preparation.start(
            waiting.requests(), forced)) { // all at the same time, if the merge lets them
      while (tasks.hasNext()) { // one after the other
        Prepared task = tasks.next();
        if (task instanceof Failed failure) {
          failed.add(failure);
          continue;
        }
        if (task instanceof AlreadyDecided) {
          continue;
        }
        try {
          decide(task, forced).ifPresent(decisions::add);
        } catch (
            RuntimeException e) { // the store or the cluster: the next task would fare no better
          failed.add(new Failed(task.file(), e));
          break;
        }
      }
    }
    return new Outcome(decisions, failed);
  }

  /** Nothing if another run has decided about the task in the meantime. */
  private Optional<Decision> decide(Prepared task, Forced forced) throws CommitConflictException {
    Head head = line.head();
    if (head.decided(forced).contains(task.file().file())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          task instanceof Trained trained
              ? learn(head, trained, forced)
              : publisher.setAside(head, (Refused) task));
    } catch (RefusedDeltaException e) {
      return Optional.of(publisher.setAside(head, Refused.of(task.file(), e)));
    }
  }

  private Decision learn(Head head, Trained task, Forced forced) throws CommitConflictException {
    Candidate candidate = lineStrategy.run(head, task.mergeRequest());
    List<String> alarms = lineStrategy.alarms(head, candidate, task.request().task());
    GateInput evidence =
        evaluation.run(
            head, candidate, task.evaluationSet(), task.content().classNames().size(), alarms);
    GateResult verdict = gate.decide(evidence);
    Digest figures = evaluation.keep(evidence, verdict);
    return verdict.accepted() || forced.covers(task.file())
        ? publisher.publish(head, candidate, task.request(), verdict, figures)
        : publisher.setAside(head, task.file(), verdict, figures);
  }
}
