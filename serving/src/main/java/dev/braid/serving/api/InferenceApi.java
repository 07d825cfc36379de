package dev.braid.serving.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * The inference of the Open Inference Protocol, version 2.
 *
 * <p>All outputs have the shape [pictures, labels]. A picture with fewer labels than another one is
 * filled up with empty names and probability 0; a label of no task has the task "".
 */
final class InferenceApi {
  private final Classification classification;
  private final Limits limits;

  InferenceApi(Classification classification, Limits limits) {
    this.classification = classification;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v2/models/{line}/infer", Route.Body.JSON, this::answer),
        Route.post("/v2/models/{line}/versions/{version}/infer", Route.Body.JSON, this::answer));
  }

  private CompletableFuture<Reply> answer(Incoming request) {
    OptionalInt version = Inventory.version(request);
    InferenceRequest asked = InferenceRequest.read(request, limits);
    Query query = Query.of(asked.parameters(), limits, Query.TASK, Query.CLASSES, Query.TOP);
    Question question =
        new Question(
            request.inPath("line").orElseThrow(),
            version,
            query.candidates(),
            query.labels(),
            asked.pictures());
    return classification.answer(question, answers -> Reply.json(json(asked, answers)));
  }

  private static ObjectNode json(InferenceRequest asked, Classification.Answers answers) {
    ObjectNode json =
        Json.object()
            .put("model_name", answers.version().line().name())
            .put("model_version", Integer.toString(answers.version().number()));
    asked.id().ifPresent(id -> json.put("id", id));
    int labels =
        answers.predictions().stream().mapToInt(answer -> answer.best().size()).max().orElse(0);
    ArrayNode outputs = json.putArray("outputs");
    for (String name : asked.outputs()) {
      ObjectNode output =
          outputs
              .addObject()
              .put("name", name)
              .put("datatype", name.equals(InferenceRequest.PROBABILITY) ? "FP64" : "BYTES");
      output.putArray("shape").add(answers.predictions().size()).add(labels);
      ArrayNode data = output.putArray("data");
      answers.predictions().forEach(answer -> add(data, name, answer, labels));
    }
    return json;
  }

  private static void add(ArrayNode data, String name, Prediction.Answered answer, int labels) {
    for (int i = 0; i < labels; i++) {
      Optional<Prediction.Label> label = answer.best().stream().skip(i).findFirst();
      switch (name) {
        case InferenceRequest.PROBABILITY ->
            data.add(label.map(Prediction.Label::probability).orElse(0.0));
        case InferenceRequest.CLASS_NAME -> data.add(label.map(Prediction.Label::name).orElse(""));
        default -> data.add(label.flatMap(Prediction.Label::task).map(TaskId::name).orElse(""));
      }
    }
  }
}
