package dev.braid.serving.api;

import dev.braid.serving.api.Route.Access;
import dev.braid.serving.batch.Batcher;
import dev.braid.serving.metrics.ServerMetrics;
import dev.braid.serving.version.ServedLines;
import java.util.ArrayList;
import java.util.List;

/** All routes of the server. */
public final class ServerApi {
  private ServerApi() {}

  /**
   * The routes.
   *
   * @param code the version of Braid's code
   * @param onFailure called when a version cannot answer, for it may be gone
   */
  public static List<Route> routes(
      ServedLines lines,
      Batcher batcher,
      Limits limits,
      ServerMetrics metrics,
      String code,
      Runnable onFailure) {
    Classification classification = new Classification(lines, batcher, limits, metrics, onFailure);
    List<Route> routes = new ArrayList<>();
    routes.add(new PredictionsApi(classification, limits).route());
    routes.addAll(new InferenceApi(classification, limits).routes());
    routes.addAll(new Inventory(lines, code).routes());
    routes.add(
        Route.get(
            "/metrics",
            Access.GUARDED,
            request -> new Reply(200, ServerMetrics.CONTENT_TYPE, metrics.text())));
    routes.addAll(Files.routes());
    return routes;
  }
}
