package dev.braid.serving.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.TaskId;
import dev.braid.serving.version.ServedVersion;

/** An answer as JSON: a list in the shape of DJL Serving, or all that is known. */
final class PredictionJson {
  private PredictionJson() {}

  /** The labels, the most probable first. */
  static ArrayNode labels(Prediction.Answered answer) {
    ArrayNode labels = Json.array();
    for (Prediction.Label label : answer.best()) {
      labels
          .addObject()
          .put("className", label.name())
          .put("probability", label.probability())
          .put("task", label.task().map(TaskId::name).orElse(null));
    }
    return labels;
  }

  /** The labels, how they came about, and which version says so. */
  static ObjectNode detail(ServedVersion version, Prediction.Answered answer) {
    ObjectNode json =
        Json.object().put("version", version.number()).put("digest", version.digest().hex());
    if (answer.ofNoTask().isPresent()) {
      json.put("ofNoTask", answer.ofNoTask().getAsDouble());
    } else {
      json.putNull("ofNoTask");
    }
    json.put("isOfNoTask", answer.isOfNoTask());
    json.set("labels", labels(answer));
    ArrayNode experts = json.putArray("experts");
    answer.experts().forEach(task -> experts.add(task.name()));
    json.put("forwards", answer.forwards());
    ArrayNode tasks = json.putArray("tasks");
    answer
        .tasks()
        .forEach(
            task ->
                tasks
                    .addObject()
                    .put("task", task.task().name())
                    .put("probability", task.probability()));
    return json;
  }
}
