package dev.braid.driver;

import dev.braid.driver.Gate.Evidence;
import dev.braid.driver.Gate.Verdict;
import dev.braid.driver.Line.Head;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.model.Digest;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;

/**
 * The flow from the inbox to versions: what Braid does, one stage a line.
 *
 * <p>Every stage leaves what it made in the store under the digest of what it made it from. So a
 * run that was killed anywhere is taken up by the next one, which ends in the same bits.
 */
public final class Pipeline {
  private final Line line;
  private final Intake intake;
  private final Preparation preparation;
  private final Merge merge;
  private final Examination examination;
  private final Gate gate;
  private final Publisher publisher;

  Pipeline(
      Line line,
      Intake intake,
      Preparation preparation,
      Merge merge,
      Examination examination,
      Gate gate,
      Publisher publisher) {
    this.line = line;
    this.intake = intake;
    this.preparation = preparation;
    this.merge = merge;
    this.examination = examination;
    this.gate = gate;
    this.publisher = publisher;
  }

  /**
   * Brings the line up to date with its inbox.
   *
   * @return what became of each task that waited; empty if nothing did
   * @throws CommitConflictException if another run published first: run again
   */
  public List<Decision> run(Forced forced) throws CommitConflictException {
    List<Decision> decisions = new ArrayList<>();
    Intake.Waiting waiting = intake.waiting(line.head(), forced);
    for (Refused unreadable : waiting.unreadable()) {
      decisions.add(publisher.setAside(line.head(), unreadable));
    }
    try (Preparation.Waiting tasks =
        preparation.start(waiting.requests())) { // all at the same time
      while (tasks.hasNext()) {
        decisions.add(decide(tasks.next(), forced)); // one after the other
      }
    }
    return decisions;
  }

  private Decision decide(Prepared task, Forced forced) throws CommitConflictException {
    Head head = line.head();
    try {
      return task instanceof Trained trained
          ? learn(head, trained, forced)
          : publisher.setAside(head, (Refused) task);
    } catch (RefusedDeltaException e) {
      return publisher.setAside(head, Refused.of(task.file(), e));
    }
  }

  private Decision learn(Head head, Trained task, Forced forced) throws CommitConflictException {
    Candidate candidate = merge.run(head, task);
    Evidence evidence = examination.run(head, candidate, task, merge.alarms(head, candidate));
    Verdict verdict = gate.judge(evidence);
    Digest figures = examination.keep(evidence, verdict);
    return verdict.accepted() || forced.covers(task.file().task())
        ? publisher.publish(head, candidate, task.file(), verdict, figures)
        : publisher.setAside(head, task.file(), verdict, figures);
  }
}
