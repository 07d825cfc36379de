package dev.braid.driver.line;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Proportion;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A line of versions: its head and its steps. */
public final class Line {
  private final ModelStore store;
  private final LineId id;
  private final FixedLineSettings initial;
  private @Nullable ModelRecord empty;

  /**
   * A line of the store.
   *
   * @param initial the properties of the line if it has no version yet
   */
  public Line(ModelStore store, LineId id, FixedLineSettings initial) {
    this.store = store;
    this.id = id;
    this.initial = initial;
  }

  /**
   * The head of a line.
   *
   * @param version the newest version; empty before the first
   * @param model its model; without tasks before the first version
   */
  public record Head(Optional<Version> version, ModelRecord model) {
    /** The inbox files that it has taken in. */
    public List<InboxEntry> taken() {
      return version.map(Version::taken).orElse(List.of());
    }

    /** The accuracy on validation pictures with which the task was learned, if it is known. */
    public Optional<Proportion> validation(TaskId task) {
      return taken().stream()
          .filter(entry -> entry.task().equals(task))
          .findFirst()
          .flatMap(InboxEntry::validation);
    }

    /** The inbox files that are set aside. */
    public List<SetAside> setAside() {
      return version.map(Version::setAside).orElse(List.of());
    }

    /** The inbox files that are set aside, except for one that is decided again. */
    public List<SetAside> setAsideBut(Digest file) {
      return setAside().stream().filter(aside -> !aside.file().equals(file)).toList();
    }

    /** The inbox files in either list, except for those that are set aside but forced. */
    public Set<Digest> decided(Forced forced) {
      Set<Digest> decided = new HashSet<>();
      taken().forEach(entry -> decided.add(entry.file()));
      setAside().stream()
          .map(SetAside::file)
          .filter(file -> !forced.files().contains(file))
          .forEach(decided::add);
      return decided;
    }
  }

  /** The line's name. */
  public LineId id() {
    return id;
  }

  /** The current head. */
  public Head head() {
    Optional<Version> version = store.versions(id).head();
    return new Head(
        version, version.map(Version::model).map(store.records()::model).orElseGet(this::empty));
  }

  /**
   * The model of a line that has learned nothing; built once, because the start of adapters is
   * drawn.
   */
  private synchronized ModelRecord empty() {
    ModelRecord model = empty;
    if (model == null) {
      model = initial.emptyModel(initial.space(store));
      empty = model;
    }
    return model;
  }

  /** The model before it learned anything: only the base, on the same line. */
  public static ModelRecord withoutTasks(ModelRecord model) {
    return model.with(new TreeMap<>(), List.of());
  }

  /**
   * The model after each merge step up to the head: the model without tasks, then one per task of
   * the head. If the step's own version is gone, or an earlier task has been removed since, it is
   * the oldest version since which the task has always been learned.
   */
  public List<ModelRecord> steps() {
    List<ModelRecord> newestFirst =
        store.versions(id).all().stream()
            .sorted(Comparator.comparingInt(Version::number).reversed())
            .map(version -> store.records().model(version.model()))
            .toList();
    List<Learned> tasks = head().model().tasks();
    List<ModelRecord> steps = new ArrayList<>();
    steps.add(withoutTasks(head().model()));
    for (int count = 1; count <= tasks.size(); count++) {
      steps.add(step(newestFirst, tasks.subList(0, count)));
    }
    return steps;
  }

  private static ModelRecord step(List<ModelRecord> newestFirst, List<Learned> tasks) {
    Digest newest = tasks.get(tasks.size() - 1).record();
    ModelRecord oldest = newestFirst.get(0);
    boolean wasKnown = true;
    for (ModelRecord model : newestFirst) {
      if (records(model.tasks()).equals(records(tasks))) {
        return model;
      }
      wasKnown = wasKnown && records(model.tasks()).contains(newest);
      oldest = wasKnown ? model : oldest;
    }
    return oldest;
  }

  private static List<Digest> records(List<Learned> tasks) {
    return tasks.stream().map(Learned::record).toList();
  }
}
