package dev.braid.driver.line;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
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

/** A line of versions: where it stands, and what it is for life. */
public final class Line {
  private final ModelStore store;
  private final LineId id;
  private final LineSettings begun;
  private @Nullable ModelRecord blank;

  /**
   * A line of the store.
   *
   * @param begun what the line is if it has no version yet
   */
  public Line(ModelStore store, LineId id, LineSettings begun) {
    this.store = store;
    this.id = id;
    this.begun = begun;
  }

  /**
   * Where a line stands.
   *
   * @param version the newest, if there is one
   * @param model what answers; without tasks before the first version
   */
  public record Head(Optional<Version> version, ModelRecord model) {
    /** The inbox files that it took in. */
    public List<InboxEntry> taken() {
      return version.map(Version::taken).orElse(List.of());
    }

    /** The inbox files that it shall not take in. */
    public List<SetAside> setAside() {
      return version.map(Version::setAside).orElse(List.of());
    }

    /** The inbox files that it shall not take in, but for one that is decided anew. */
    public List<SetAside> setAsideBut(Digest file) {
      return setAside().stream().filter(aside -> !aside.file().equals(file)).toList();
    }

    /** The inbox files that are in one of the two lists, but for those set aside and forced. */
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

  /** Where the line stands now. */
  public Head head() {
    Optional<Version> version = store.versions(id).head();
    return new Head(
        version, version.map(Version::model).map(store.records()::model).orElseGet(this::blank));
  }

  /** The model of a line that has learned nothing; made once, as the start of adapters is drawn. */
  private synchronized ModelRecord blank() {
    ModelRecord model = blank;
    if (model == null) {
      model = begun.emptyModel(begun.space(store));
      blank = model;
    }
    return model;
  }

  /** What the model was before it learned anything: the base alone, on the same line. */
  public static ModelRecord withoutTasks(ModelRecord model) {
    return model.with(new TreeMap<>(), List.of());
  }

  /**
   * The model after each merge step that the head rests on, the base's first: one for each of its
   * tasks. Where the step's own version is gone, or a task before it was removed since, it is the
   * oldest version from which on the task was always known.
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
