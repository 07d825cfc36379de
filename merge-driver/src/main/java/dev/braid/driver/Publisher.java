package dev.braid.driver;

import dev.braid.driver.Decision.Fate;
import dev.braid.driver.gate.GateDecision;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.driver.merging.Residue;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Digest;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateResult;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last stage: publishes a candidate as the line's next version, or sets its task aside. */
public final class Publisher {
  private final ModelStore store;
  private final Line line;
  private final Author author;
  private final ProgressListener progressListener;

  public Publisher(ModelStore store, Line line, Author author, ProgressListener progressListener) {
    this.store = store;
    this.line = line;
    this.author = author;
    this.progressListener = progressListener;
  }

  /**
   * Commits the candidate. Its inbox file is taken in, whatever the gate's result was; the file of
   * a task that it replaces is set aside.
   */
  public Decision publish(Head head, Candidate candidate, Request request, GateDecision decision)
      throws CommitConflictException {
    GateResult result = decision.result();
    InboxEntry file = request.file();
    List<InboxEntry> taken = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>(head.setAsideBut(file.file()));
    for (InboxEntry entry : head.taken()) {
      if (entry.task().equals(file.task())) {
        setAside.add(new SetAside(entry.file(), entry.task(), "replaced"));
      } else {
        taken.add(measured(entry, decision.input()));
      }
    }
    Fate fate = taken.size() < head.taken().size() ? Fate.REPLACED : Fate.LEARNED;
    taken.add(candidate.place(file.task()), file.learnedWith(decision.input().candidate()));
    Version version =
        commit(
            head,
            action(fate, request, result),
            candidate.model(),
            taken,
            setAside,
            Optional.of(decision.stored()));
    progressListener.say("%s: published as version %d".formatted(file.task(), version.number()));
    return new Decision(version, file, fate, result.reasons());
  }

  /** A file that format 1 learned has no accuracy; it gets the one at the head. */
  private static InboxEntry measured(InboxEntry entry, GateInput input) {
    Optional<Change> change = Optional.ofNullable(input.known().get(entry.task()));
    return entry.validation().isPresent() || change.isEmpty()
        ? entry
        : entry.learnedWith(change.get().night().before());
  }

  private static String action(Fate fate, Request request, GateResult result) {
    boolean leavesResidue = request.replaces().equals(Optional.of(Residue.ACCEPTED));
    return (fate == Fate.REPLACED ? "replace " : "learn ")
        + request.task()
        + (fate == Fate.REPLACED && leavesResidue ? " accepting residue" : "")
        + (result.accepted() ? "" : " by force: " + result.sentence());
  }

  /** Commits the head's model again, with the task that the gate refused set aside. */
  Decision setAside(Head head, InboxEntry file, GateDecision decision)
      throws CommitConflictException {
    return setAside(head, file, decision.result().sentence(), Optional.of(decision.stored()));
  }

  /** Commits the head's model again, with the task that cannot be learned set aside. */
  Decision setAside(Head head, InboxEntry file, RefusedTaskException refusal)
      throws CommitConflictException {
    return setAside(head, file, String.valueOf(refusal.getMessage()), Optional.empty());
  }

  /** Commits the head's model again, with the task in quarantine that failed too often. */
  Decision quarantine(Head head, InboxEntry file, String reason) throws CommitConflictException {
    Decision decision = setAside(head, file, reason, Optional.empty());
    return new Decision(decision.version(), file, Fate.QUARANTINED, decision.reasons());
  }

  private Decision setAside(Head head, InboxEntry file, String reason, Optional<Digest> figures)
      throws CommitConflictException {
    List<SetAside> setAside = new ArrayList<>(head.setAsideBut(file.file()));
    setAside.add(new SetAside(file.file(), file.task(), reason));
    Digest model = store.records().put(head.model());
    Version version =
        commit(head, "set aside " + file.task(), model, head.taken(), setAside, figures);
    progressListener.say("%s: set aside, because %s".formatted(file.task(), reason));
    return new Decision(version, file, Fate.SET_ASIDE, List.of(reason));
  }

  /** Reports that the task is decided again, and why. */
  void sayAgain(InboxEntry file, CommitConflictException cause) {
    progressListener.say(
        "%s: deciding again after a conflict: %s".formatted(file.task(), cause.getMessage()));
  }

  private Version commit(
      Head head,
      String action,
      Digest model,
      List<InboxEntry> taken,
      List<SetAside> setAside,
      Optional<Digest> figures)
      throws CommitConflictException {
    return new VersionDraft(action, model, taken, setAside, figures)
        .commit(store, line.id(), head, author);
  }
}
