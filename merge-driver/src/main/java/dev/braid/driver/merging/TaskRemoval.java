package dev.braid.driver.merging;

import dev.braid.driver.line.Line;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A line's model without one of its tasks, as far as nothing has to be merged from scratch. */
public final class TaskRemoval {
  private final ModelStore store;
  private final LineId line;

  public TaskRemoval(ModelStore store, LineId line) {
    this.store = store;
    this.line = line;
  }

  /** The model's other tasks, in version order. */
  public static List<Learned> others(ModelRecord model, TaskId task) {
    return model.tasks().stream().filter(learned -> !learned.task().equals(task)).toList();
  }

  /** The digests of the tasks' records. */
  public static List<Digest> records(List<Learned> tasks) {
    return tasks.stream().map(Learned::record).toList();
  }

  /**
   * The model of the newest version that had learned only the others and never another task; the
   * model without tasks if there are no others.
   */
  public Optional<ModelRecord> exactly(ModelRecord model, TaskId task) {
    List<Digest> others = records(others(model, task));
    if (others.isEmpty()) {
      return Optional.of(Line.withoutTasks(model));
    }
    return store.versions(line).all().stream()
        .sorted(Comparator.comparingInt(Version::number).reversed())
        .map(version -> store.records().model(version.model()))
        .filter(before -> isUntouched(before) && records(before.tasks()).equals(others))
        .findFirst();
  }

  /** Whether no task was removed from it: its steps have no gap. */
  private static boolean isUntouched(ModelRecord model) {
    return model.tasks().stream()
        .map(Learned::step)
        .toList()
        .equals(IntStream.rangeClosed(1, model.tasks().size()).boxed().toList());
  }

  /** The same state without the task's trigger; the changes by its delta remain. */
  public ModelRecord withResidue(ModelRecord model, TaskId task) {
    ModelRecord left = model.withTasks(others(model, task));
    MergeHealths healths = new MergeHealths(store);
    healths.store(
        store.records().put(left),
        healths.put(healths.of(model).without(task)),
        Provenance.startWithoutSpark().finish());
    return left;
  }
}
