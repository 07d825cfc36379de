package dev.braid.store.json.figures;

import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.MergeHealth.OfDelta;
import dev.braid.model.figures.MergeHealth.OfTask;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import java.util.Optional;

/** The JSON of a merge's health. */
public final class MergeHealthParser {
  private static final String TASKS = "tasks";
  private static final String TASK = "task";
  private static final String COVERED = "covered";
  private static final String COORDINATES = "coordinates";
  private static final String LOST_GROUPS = "lost-groups";
  private static final String LOST = "lost";
  private static final String ADDED = "added";
  private static final String SIZE = "size";
  private static final String USUAL_SIZE = "usual-size";
  private static final String CONFLICTS = "sign-conflicts";
  private static final String ZERO_GROUPS = "zero-groups";
  private static final String GROUPS = "groups";

  private MergeHealthParser() {}

  public static byte[] toJson(MergeHealth health) {
    return new JsonObject()
        .with(TASKS, health.tasks(), MergeHealthParser::toJson)
        .with(ADDED, health.added().map(MergeHealthParser::toJson))
        .bytes();
  }

  private static JsonObject toJson(OfTask task) {
    return new JsonObject()
        .with(TASK, task.task())
        .with(COVERED, task.covered())
        .with(COORDINATES, task.coordinates())
        .with(LOST_GROUPS, task.lostGroups())
        .with(LOST, task.lost() ? 1 : 0);
  }

  private static JsonObject toJson(OfDelta delta) {
    return new JsonObject()
        .with(TASK, delta.task())
        .with(SIZE, delta.size())
        .with(USUAL_SIZE, delta.usualSize())
        .with(CONFLICTS, delta.conflicts())
        .with(ZERO_GROUPS, delta.zeroGroups())
        .with(GROUPS, delta.groups());
  }

  public static MergeHealth fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, MergeHealthParser::health);
  }

  private static MergeHealth health(JsonFields fields) {
    return new MergeHealth(
        fields.objects(TASKS, MergeHealthParser::task),
        fields.has(ADDED)
            ? Optional.of(fields.object(ADDED, MergeHealthParser::delta))
            : Optional.empty());
  }

  private static OfDelta delta(JsonFields fields) {
    return new OfDelta(
        new TaskId(fields.string(TASK)),
        fields.float64(SIZE),
        fields.has(USUAL_SIZE) ? Optional.of(fields.float64(USUAL_SIZE)) : Optional.empty(),
        fields.float64(CONFLICTS),
        fields.strings(ZERO_GROUPS),
        fields.smallInteger(GROUPS));
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
