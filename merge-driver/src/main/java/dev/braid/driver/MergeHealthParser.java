package dev.braid.driver;

import dev.braid.driver.MergeHealth.OfTask;
import dev.braid.model.TaskId;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;

/** The JSON of a merge's health. */
final class MergeHealthParser {
  private static final String TASKS = "tasks";
  private static final String TASK = "task";
  private static final String COVERED = "covered";
  private static final String COORDINATES = "coordinates";
  private static final String LOST_GROUPS = "lost-groups";
  private static final String LOST = "lost";

  private MergeHealthParser() {}

  static byte[] toJson(MergeHealth health) {
    return new JsonObject().with(TASKS, health.tasks(), MergeHealthParser::toJson).bytes();
  }

  private static JsonObject toJson(OfTask task) {
    return new JsonObject()
        .with(TASK, task.task())
        .with(COVERED, task.covered())
        .with(COORDINATES, task.coordinates())
        .with(LOST_GROUPS, task.lostGroups())
        .with(LOST, task.lost() ? 1 : 0);
  }

  static MergeHealth fromJson(byte[] json, String file) {
    return JsonFields.read(
        json, file, fields -> new MergeHealth(fields.objects(TASKS, MergeHealthParser::task)));
  }

  private static OfTask task(JsonFields fields) {
    return new OfTask(
        new TaskId(fields.string(TASK)),
        fields.integer(COVERED),
        fields.integer(COORDINATES),
        fields.strings(LOST_GROUPS),
        fields.integer(LOST) != 0);
  }
}
