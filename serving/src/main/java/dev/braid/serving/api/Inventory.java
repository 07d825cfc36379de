package dev.braid.serving.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.LineId;
import dev.braid.serving.api.Route.Access;
import dev.braid.serving.version.ServedLines;
import dev.braid.serving.version.ServedVersion;
import java.util.List;
import java.util.OptionalInt;

/** What is there: lines, versions, tasks, and whether they answer. */
final class Inventory {
  private static final int UNAVAILABLE = 503;

  private final ServedLines lines;
  private final String code;

  /**
   * An inventory.
   *
   * @param code the version of Braid's code
   */
  Inventory(ServedLines lines, String code) {
    this.lines = lines;
    this.code = code;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/tasks", Access.GUARDED, request -> tasks()),
        Route.get("/version", Access.GUARDED, request -> version()),
        Route.get("/v2", Access.GUARDED, request -> server()),
        Route.get("/v2/health/live", Access.OPEN, request -> health("live", true)),
        Route.get("/v2/health/ready", Access.OPEN, request -> health("ready", lines.isReady())),
        Route.get("/v2/models/{line}", Access.GUARDED, this::model),
        Route.get("/v2/models/{line}/ready", Access.GUARDED, this::isReady),
        Route.get("/v2/models/{line}/versions/{version}", Access.GUARDED, this::model),
        Route.get("/v2/models/{line}/versions/{version}/ready", Access.GUARDED, this::isReady));
  }

  private Reply tasks() {
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("lines");
    for (ServedVersion version : lines.current().values()) {
      ObjectNode line =
          all.addObject().put("line", version.line().name()).put("version", version.number());
      ArrayNode tasks = line.putArray("tasks");
      version
          .tasks()
          .forEach(
              task -> {
                ArrayNode classes = tasks.addObject().put("task", task.name()).putArray("classes");
                version.classNames(task).forEach(classes::add);
              });
    }
    return Reply.json(json);
  }

  private Reply version() {
    ObjectNode json = Json.object().put("braid", code);
    ArrayNode all = json.putArray("lines");
    for (ServedVersion version : lines.current().values()) {
      all.addObject()
          .put("line", version.line().name())
          .put("version", version.number())
          .put("digest", version.digest().hex())
          .put("pinned", lines.isPinned(version.line()));
    }
    return Reply.json(json);
  }

  private Reply server() {
    ObjectNode json = Json.object().put("name", "braid").put("version", code);
    json.putArray("extensions").add("binary_tensor_data");
    return Reply.json(json);
  }

  private static Reply health(String name, boolean holds) {
    return Reply.json(holds ? 200 : UNAVAILABLE, Json.object().put(name, holds));
  }

  private Reply isReady(Incoming request) {
    ServedVersion version = asked(request);
    boolean isReady = lines.isReady(version.line());
    return Reply.json(
        isReady ? 200 : UNAVAILABLE,
        Json.object().put("name", version.line().name()).put("ready", isReady));
  }

  private Reply model(Incoming request) {
    ServedVersion version = asked(request);
    ObjectNode json = Json.object().put("name", version.line().name());
    json.putArray("versions").add(Integer.toString(version.number()));
    json.put("platform", "braid");
    ArrayNode inputs = json.putArray("inputs");
    inputs
        .addObject()
        .put("name", InferenceRequest.IMAGE)
        .put("datatype", "BYTES")
        .putArray("shape")
        .add(-1);
    ArrayNode outputs = json.putArray("outputs");
    for (String name : InferenceRequest.OUTPUTS) {
      outputs
          .addObject()
          .put("name", name)
          .put("datatype", name.equals(InferenceRequest.PROBABILITY) ? "FP64" : "BYTES")
          .putArray("shape")
          .add(-1)
          .add(-1);
    }
    return Reply.json(json);
  }

  /** The version that a path names, or the one that answers for its line. */
  private ServedVersion asked(Incoming request) {
    RefusedRequestException none = new RefusedRequestException(404, "There is no such line");
    try {
      LineId line = new LineId(request.inPath("line").orElseThrow());
      ServedVersion current = lines.current(line).orElseThrow(() -> none);
      OptionalInt number = version(request);
      return number.isPresent() ? lines.version(line, number.getAsInt()) : current;
    } catch (IllegalArgumentException e) {
      throw new RefusedRequestException(404, "There is no such version of the line");
    }
  }

  /** The version that a path names. */
  static OptionalInt version(Incoming request) {
    String number = request.inPath("version").orElse("");
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!number.matches("[0-9]{1,9}")) {
      throw new RefusedRequestException(404, "There is no such version of the line");
    }
    return OptionalInt.of(Integer.parseInt(number));
  }
}
