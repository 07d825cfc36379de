package dev.braid.cli;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes from one version of a line to another.
 *
 * @param learned tasks that are only in the second version, or there with another record
 * @param removed tasks that are only in the first version, or there with another record
 * @param setAside files that are set aside only in the second version
 * @param restored files that are set aside only in the first version
 * @param rescaled tasks in both versions whose rescalers differ
 * @param vectors vectors of the second version that differ from the first version's vector of the
 *     same name
 */
record VersionDiff(
    Version from,
    Version to,
    List<TaskId> learned,
    List<TaskId> removed,
    List<SetAside> setAside,
    List<SetAside> restored,
    List<Rescaled> rescaled,
    List<Rewritten> vectors) {
  /** A task's rescaler before and after; the mean if it has one per group. */
  record Rescaled(TaskId task, double before, double after) {}

  /** A vector, the number of its files, and how many of them the other version shares. */
  record Rewritten(String name, int files, int shared) {}

  /** Compares two versions. */
  static VersionDiff of(ModelStore store, Version from, Version to) {
    ModelRecord first = store.records().model(from.model());
    ModelRecord second = store.records().model(to.model());
    return new VersionDiff(
        from,
        to,
        onlyIn(second, first),
        onlyIn(first, second),
        without(to.setAside(), from.setAside()),
        restored(from.setAside(), to.setAside()),
        rescaled(byTask(first), second),
        rewritten(store, first.state(), second.state()));
  }

  private static <T> List<T> without(List<T> all, List<T> excluded) {
    return all.stream().filter(one -> !excluded.contains(one)).toList();
  }

  /** A task that is now set aside for another reason does not count as restored. */
  private static List<SetAside> restored(List<SetAside> before, List<SetAside> after) {
    Set<Digest> afterFiles = new HashSet<>();
    after.forEach(aside -> afterFiles.add(aside.file()));
    return before.stream().filter(aside -> !afterFiles.contains(aside.file())).toList();
  }

  private static SortedMap<String, Learned> byTask(ModelRecord model) {
    SortedMap<String, Learned> tasks = new TreeMap<>();
    model.tasks().forEach(learned -> tasks.put(learned.task().name(), learned));
    return tasks;
  }

  private static List<TaskId> onlyIn(ModelRecord model, ModelRecord other) {
    Set<Digest> records = new HashSet<>();
    other.tasks().forEach(learned -> records.add(learned.record()));
    return model.tasks().stream()
        .filter(learned -> !records.contains(learned.record()))
        .map(Learned::task)
        .toList();
  }

  private static List<Rescaled> rescaled(Map<String, Learned> before, ModelRecord after) {
    List<Rescaled> changes = new ArrayList<>();
    for (Learned learned : after.tasks()) {
      Learned old = before.get(learned.task().name());
      if (old != null
          && old.record().equals(learned.record())
          && !old.lambda().equals(learned.lambda())) {
        changes.add(new Rescaled(learned.task(), mean(old.lambda()), mean(learned.lambda())));
      }
    }
    return changes;
  }

  private static double mean(List<Float> lambda) {
    return lambda.stream().mapToDouble(Float::doubleValue).average().orElse(1);
  }

  private static List<Rewritten> rewritten(
      ModelStore store, Map<String, Digest> before, Map<String, Digest> after) {
    List<Rewritten> changes = new ArrayList<>();
    after.forEach(
        (name, digest) -> {
          if (!digest.equals(before.get(name))) {
            List<Blob.Shard> oldShards =
                before.containsKey(name) ? store.blobs().get(before.get(name)).shards() : List.of();
            List<Blob.Shard> newShards = store.blobs().get(digest).shards();
            int shared = (int) newShards.stream().filter(oldShards::contains).count();
            changes.add(new Rewritten(name, newShards.size(), shared));
          }
        });
    return changes;
  }

  /** The changes, one per line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "From version %d (%s) to version %d (%s) of line %s"
            .formatted(from.number(), from.action(), to.number(), to.action(), to.line()));
    lines.add(
        from.model().equals(to.model())
            ? "Model     the same, %s".formatted(to.model())
            : "Model     %s, then %s".formatted(from.model(), to.model()));
    learned.forEach(task -> lines.add("Learned   %s".formatted(task)));
    removed.forEach(task -> lines.add("Removed   %s".formatted(task)));
    setAside.forEach(
        aside -> lines.add("Set aside %s: %s".formatted(aside.task(), aside.reason())));
    restored.forEach(aside -> lines.add("No longer set aside: %s".formatted(aside.task())));
    rescaled.forEach(
        task ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "Lambda    %s: %.4f, then %.4f (%+.1f %%)",
                    task.task(),
                    task.before(),
                    task.after(),
                    100 * (task.after() / task.before() - 1))));
    vectors.forEach(
        vector ->
            lines.add(
                "Vector    %s: %d of %d files are new"
                    .formatted(vector.name(), vector.files() - vector.shared(), vector.files())));
    return lines;
  }

  /** The changes as JSON. */
  JsonObject toJson() {
    return new JsonObject()
        .with("line", to.line())
        .with("from", from.number())
        .with("to", to.number())
        .with("from-model", from.model())
        .with("to-model", to.model())
        .with("learned", learned, task -> task)
        .with("gone", removed, task -> task)
        .with("set-aside", setAside, ShowCommand::json)
        .with("back", restored, ShowCommand::json)
        .with("rescaled", rescaled, VersionDiff::json)
        .with("vectors", vectors, VersionDiff::json);
  }

  private static JsonObject json(Rescaled task) {
    return new JsonObject()
        .with("task", task.task())
        .with("before", task.before())
        .with("after", task.after());
  }

  private static JsonObject json(Rewritten vector) {
    return new JsonObject()
        .with("name", vector.name())
        .with("files", vector.files())
        .with("shared", vector.shared());
  }
}
