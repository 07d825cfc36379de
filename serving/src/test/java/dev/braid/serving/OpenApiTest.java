package dev.braid.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.inference.classify.BraidModel;
import dev.braid.serving.api.Route;
import dev.braid.serving.api.ServerApi;
import dev.braid.serving.batch.Batcher;
import dev.braid.serving.metrics.ServerMetrics;
import dev.braid.serving.version.ServedLines;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document at /openapi.json describes the routes, and no others. */
class OpenApiTest {
  @TempDir Path folder;

  @Test
  void document_ofTheApi_hasItsRoutes() throws Exception {
    JsonNode document;
    try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
      document = new ObjectMapper().readTree(in);
    }
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(described)
        .isEqualTo(
            routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new)));
    for (Route route : routes()) {
      JsonNode operation =
          document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
      assertThat(operation.has("security"))
          .as(route.path())
          .isEqualTo(route.access() == Route.Access.OPEN);
    }
  }

  private List<Route> routes() throws Exception {
    ServedStore store = ServedStore.create(folder.resolve("store" + System.nanoTime()));
    ServerMetrics metrics = new ServerMetrics();
    try (BraidModel model = BraidModel.open(store.location);
        Batcher batcher = Batcher.start(Running.BATCHING, metrics)) {
      ServedLines lines = new ServedLines(model, Running.following(Map.of()), metrics);
      return ServerApi.routes(lines, batcher, Running.LIMITS, metrics, "test", () -> {});
    }
  }
}
