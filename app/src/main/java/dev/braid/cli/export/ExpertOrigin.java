package dev.braid.cli.export;

import dev.braid.model.figures.Proportion;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.text.ClassNames;
import java.util.List;
import java.util.Optional;

/**
 * Where an exported model comes from, and what it was trained on.
 *
 * @param task the one task of an expert; empty for a model that serves all tasks
 * @param all the tasks of the version, in the order in which they were learned
 */
record ExpertOrigin(
    Version version, ModelRecord model, Optional<TaskRecord> task, List<TaskRecord> all) {
  /** The content of braid.json. */
  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .with("base", model.base())
            .with("line", version.line())
            .with("version", version.number())
            .with("model", version.model());
    return task.map(record -> withTask(json, record))
        .orElseGet(() -> json.with("tasks", all, record -> withTask(new JsonObject(), record)));
  }

  private static JsonObject withTask(JsonObject json, TaskRecord record) {
    return json.with("task", record.task())
        .with("class-names", record.classNames(), name -> name)
        .with("labels", labels(record), label -> label)
        .with("templates", record.templates(), template -> template);
  }

  /** The class names as they stand in prompts. */
  static List<String> labels(TaskRecord record) {
    return record.classNames().stream().map(ClassNames::spoken).toList();
  }

  /** The accuracy on validation pictures when the task was learned, if the gate measured it. */
  Optional<Proportion> validation() {
    return task.flatMap(
        record ->
            version.taken().stream()
                .filter(entry -> entry.task().equals(record.task()))
                .reduce((earlier, later) -> later)
                .flatMap(Version.InboxEntry::validation));
  }
}
