package dev.braid;

import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.merging.Residue;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.file.LocalPath;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SortedMap;

/** Checks a task by its looks and puts it in the inbox. */
final class TaskAdmission {
  private final ModelStore store;
  private final Settings settings;

  TaskAdmission(ModelStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Puts a task in the inbox whose name the line does not know yet. */
  InboxFile add(TaskFile task) {
    Check.argument(
        task.replaces().isEmpty(),
        "Cannot add task %s: its file says that it replaces one; use 'braid replace'",
        task.name());
    checkNameIsFree(task.name());
    return put(task);
  }

  /** Checks that a new task may have this name. */
  void checkNameIsFree(TaskId task) {
    InboxState inbox = InboxState.of(store, settings.line());
    Check.argument(
        !inbox.knows(task),
        "Cannot add task %s: line %s has learned it already; give the new one another name, or use"
            + " 'braid replace' to replace the old one",
        task,
        settings.line());
    Check.argument(
        !inbox.awaits(task),
        "Cannot add task %s: one of that name waits in the inbox; run 'braid run' or choose"
            + " another",
        task);
  }

  /** The task as a request to extend the learned one of its name with its pictures. */
  TaskFile extending(Line line, TaskFile task) {
    ModelRecord model = line.head().model();
    checkIsLearned(line, model, task.name());
    TaskRecord learned = record(model, task.name());
    TaskFile before =
        InboxState.of(store, line.id())
            .learnedBy(task.name())
            .map(file -> TaskFile.parse(file.text(), "number " + file.number() + " of the inbox"))
            .orElse(task);
    return task.extending(learned.dataset(), learned.templates(), before);
  }

  private TaskRecord record(ModelRecord model, TaskId task) {
    return store.records().task(model.learned(task).orElseThrow().record());
  }

  /**
   * Puts a task in the inbox that is to take the place of the learned one of its name.
   *
   * @param accepted what may stay of the learned task where it cannot be undone
   */
  Braid.Replacing replace(Line line, TaskFile task, Residue accepted) {
    Residue left = checkReplacement(line, task.name(), accepted);
    Optional<Digest> extended = task.extended();
    Check.argument(
        extended.isEmpty()
            || extended.get().equals(record(line.head().model(), task.name()).dataset()),
        "Cannot add to %s: it has changed in the meantime; try again",
        task.name());
    return new Braid.Replacing(put(task.replacing(left)), left);
  }

  /**
   * Checks that a learned task can be replaced.
   *
   * @return what will stay of it
   */
  Residue checkReplacement(Line line, TaskId task, Residue accepted) {
    ModelRecord model = line.head().model();
    checkIsLearned(line, model, task);
    Optional<String> obstacle = new Replacement(store, line.id()).obstacle(model, task);
    if (obstacle.isPresent() && (accepted == Residue.REFUSED || model.isOneForAll())) {
      throw new IllegalArgumentException(obstacle.get());
    }
    return obstacle.isPresent() ? Residue.ACCEPTED : Residue.REFUSED;
  }

  private void checkIsLearned(Line line, ModelRecord model, TaskId task) {
    Check.argument(
        model.learned(task).isPresent(),
        "Cannot replace %s: line %s has not learned it; 'braid add' puts a new task in the inbox",
        task,
        line.id());
    Check.argument(
        !InboxState.of(store, line.id()).awaits(task),
        "Cannot replace %s: one of that name waits in the inbox; run 'braid run' first",
        task);
  }

  /** Puts a task in the inbox, whatever the line knows. */
  InboxFile put(TaskFile task) {
    check(task);
    return store.inbox().add(task.text(), task.name());
  }

  /** Checks a task by its looks: its settings, and where its pictures are. */
  void check(TaskFile task) {
    checkTraining(task);
    checkAllowed(task);
    checkFound(task);
  }

  private void checkTraining(TaskFile task) {
    try {
      var unusedSettings = settings.train(task.train());
      var unusedRounds = settings.rounds(task.train());
    } catch (SettingsException e) { // here it is the task that is refused
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void checkAllowed(TaskFile task) {
    AllowedRoots allowed = settings.allowedRoots();
    SortedMap<String, String> options = settings.location().options();
    task.pictures().images().ifPresent(path -> allowed.checkNamed(path, options));
    task.pictures().classes().ifPresent(file -> allowed.checkNamed(file, options));
  }

  private static void checkFound(TaskFile task) {
    Optional<String> local = task.pictures().images().filter(path -> path.startsWith("/"));
    Check.argument(
        local.isEmpty() || Files.exists(LocalPath.of(local.get())),
        "Cannot %s task %s: there is no folder or file %s",
        task.replaces().isPresent() ? "replace" : "add",
        task.name(),
        local.orElse(""));
  }
}
