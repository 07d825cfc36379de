package dev.braid.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.ClassifierBuilder;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.serving.http.Listening;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BraidServerTest {
  private static final LineId SECOND = new LineId("second");

  @TempDir static Path folder;
  private static ServedStore store;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
    store.publish(LineId.MAIN, 2, ServedStore.LETTERS, ServedStore.OTHERS);
    store.publish(SECOND, 3, ServedStore.OTHERS);
    running = Running.start(store.location);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static List<JsonNode> expected(BraidModel model, List<byte[]> pictures, String query)
      throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (byte[] picture : pictures) {
      ClassifierBuilder builder = model.head(LineId.MAIN).classifier();
      if (query.contains("task=letters")) {
        builder.task(ServedStore.LETTERS);
      } else if (query.contains("classes=")) {
        builder.classes(List.of("a", "b c", "h"));
      }
      builder.topK(query.contains("top=2") ? 2 : 5);
      Prediction.Answered answer = (Prediction.Answered) builder.build().classify(picture);
      StringBuilder json = new StringBuilder();
      for (Prediction.Label label : answer.best()) {
        json.append(json.isEmpty() ? "[" : ",")
            .append("{\"className\":\"%s\",\"probability\":".formatted(label.name()))
            .append(label.probability())
            .append(",\"task\":")
            .append(label.task().map(task -> "\"" + task + "\"").orElse("null"))
            .append("}");
      }
      all.add(Running.json(json + "]"));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"''", "?task=letters", "'?classes=a,b%20c,h&top=2'", "?top=2&detail=false"})
  void predictions_ofManyClientsAtOnce_areThoseOfTheApi(String query) throws Exception {
    List<byte[]> pictures = DrawnPictures.drawn(24);
    List<JsonNode> expected;
    try (BraidModel model = BraidModel.open(store.location)) {
      expected = expected(model, pictures, query);
    }
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (byte[] picture : pictures) {
      HttpRequest request =
          HttpRequest.newBuilder(running.uri("/predictions/main" + query))
              .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
              .build();
      sent.add(running.client.sendAsync(request, BodyHandlers.ofString()));
    }
    for (int i = 0; i < sent.size(); i++) {
      HttpResponse<String> response = sent.get(i).get();
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(Running.json(response.body())).isEqualTo(expected.get(i));
    }
  }

  @Test
  void predictions_ofForm_readItsFileAndFields() throws Exception {
    byte[] picture = DrawnPictures.drawn(1).get(0);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        "--xyz\r\nContent-Disposition: form-data; name=\"top\"\r\n\r\n2\r\n--xyz\r\nContent-Disposition: form-data; name=\"data\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n"
            .getBytes(UTF_8));
    form.writeBytes(picture);
    form.writeBytes("\r\n--xyz--\r\n".getBytes(UTF_8));
    HttpResponse<String> response =
        running.post("/predictions/main", form.toByteArray(), "multipart/form-data; boundary=xyz");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Running.json(response.body())).hasSize(2);
    assertThat(response.body()).isEqualTo(running.post("/predictions/main?top=2", picture).body());
  }

  @Test
  void predictions_ofAFormWithAMalformedPart_areRefused() throws Exception {
    byte[] form =
        "--xyz\r\nConte\u00fct-Disposition: form-data\r\n\r\n2\r\n--xyz--\r\n".getBytes(ISO_8859_1);
    HttpResponse<String> response =
        running.post("/predictions/main", form, "multipart/form-data; boundary=xyz");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Cannot read the form: it is malformed");
  }

  @Test
  void predictions_withDetail_sayHowTheyCameAbout() throws Exception {
    byte[] picture = DrawnPictures.drawn(1).get(0);
    HttpResponse<String> response = running.post("/predictions/main?detail=true", picture);
    JsonNode detail = Running.json(response.body());
    assertThat(detail.path("version").asInt()).isEqualTo(2);
    assertThat(detail.path("digest").asText()).hasSize(64);
    assertThat(detail.path("ofNoTask").isNull()).isTrue();
    assertThat(detail.path("isOfNoTask").isBoolean()).isTrue();
    assertThat(detail.path("experts").isArray()).isTrue();
    assertThat(detail.path("forwards").asInt()).isEqualTo(1);
    assertThat(detail.path("tasks").isArray()).isTrue();
    assertThat(detail.path("labels"))
        .isEqualTo(Running.json(running.post("/predictions/main", picture).body()));
    HttpResponse<String> older = running.post("/predictions/main?detail=true&version=1", picture);
    assertThat(Running.json(older.body()).path("version").asInt()).isEqualTo(1);
  }

  @Test
  void tasksAndVersion_listEveryLine() throws Exception {
    JsonNode tasks = Running.json(running.get("/tasks").body());
    assertThat(tasks.toString())
        .isEqualTo(
            "{\"lines\":[{\"line\":\"main\",\"version\":2,\"tasks\":[{\"task\":\"letters\",\"classes\":[\"a\",\"b\",\"c\",\"d\"]},{\"task\":\"others\",\"classes\":[\"e"
                + " f\",\"g\"]}]},{\"line\":\"second\",\"version\":1,\"tasks\":[{\"task\":\"others\",\"classes\":[\"e"
                + " f\",\"g\"]}]}]}");
    JsonNode version = Running.json(running.get("/version").body());
    assertThat(version.path("lines").findValuesAsText("version")).containsExactly("2", "1");
    assertThat(version.path("lines").get(0).path("digest").asText())
        .isEqualTo(store.store.versions(LineId.MAIN).head().orElseThrow().model().hex());
  }

  @Test
  void page_hasAStrictPolicy() throws Exception {
    for (String path : List.of("/", "/style.css", "/script.js")) {
      HttpResponse<String> response = running.get(path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .isEqualTo(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                  + " 'none'");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
  }

  @Test
  void metrics_countRequestsByRouteAndStatus() throws Exception {
    var unused = running.post("/predictions/main", DrawnPictures.drawn(1).get(0));
    var unusedToo = running.post("/predictions/main", new byte[] {1});
    HttpResponse<String> response = running.get("/metrics");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body())
        .containsPattern(
            "braid_requests_total\\{route=\"/predictions/\\{line}\",status=\"200\"} [1-9]")
        .containsPattern(
            "braid_requests_total\\{route=\"/predictions/\\{line}\",status=\"422\"} [1-9]")
        .contains("braid_ready 1.0", "braid_line_version{line=\"main\"} 2.0");
  }

  @ParameterizedTest
  @CsvSource({
    "/predictions/none, image/png, 404",
    "/predictions/No..., image/png, 404",
    "/predictions/main?version=99, image/png, 404",
    "/predictions/main?task=birds, image/png, 422",
    "/predictions/main?task=letters&classes=a, image/png, 422",
    "'/predictions/main?classes=a,a', image/png, 422",
    "/predictions/main?top=0, image/png, 422",
    "/predictions/main?top=11, image/png, 422",
    "/predictions/main?tops=1, image/png, 400",
    "/predictions/main?top=1&top=2, image/png, 400",
    "/predictions/main, application/x-www-form-urlencoded, 415",
    "/predictions/main, application/json, 415",
    "/predictions/main, multipart/form-data, 400",
    "/predictions/main, multipart/form-data; boundary=x, 400",
    "/v2/models/main/infer, text/plain, 415",
    "/v2/models/main/infer, application/json, 400",
    "/v2/models/main/versions/x/infer, application/json, 404",
    "/nothing, image/png, 404",
    "/tasks, image/png, 405"
  })
  void request_thatIsWrong_isRefusedInOneSentence(String path, String type, int status)
      throws Exception {
    HttpResponse<String> response = running.post(path, DrawnPictures.drawn(1).get(0), type);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode json = Running.json(response.body());
    assertThat(json.fieldNames()).toIterable().containsExactly("error");
    assertThat(json.path("error").asText()).isNotBlank().doesNotContain("\n", "Exception", "/tmp");
  }

  @Test
  void method_thatIsWrong_isToldWhichAreRight() throws Exception {
    HttpResponse<String> response = running.get("/predictions/main");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void token_isNeededForAllButProbesAndThePage() throws Exception {
    Listening guarded = new Listening("127.0.0.1", 0, Optional.of("s3cret"), Optional.empty());
    ServeSettings settings =
        new ServeSettings(
            guarded,
            Running.TRANSPORT,
            Running.LIMITS,
            Running.BATCHING,
            Running.following(Map.of()));
    try (Running other = Running.start(store.location, settings)) {
      assertThat(other.get("/tasks").statusCode()).isEqualTo(401);
      assertThat(other.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(other.post("/predictions/main", DrawnPictures.drawn(1).get(0)).statusCode())
          .isEqualTo(401);
      assertThat(other.get("/").statusCode()).isEqualTo(200);
      for (String given : List.of("Bearer s3cret2", "Bearer", "Basic s3cret", "s3cret")) {
        assertThat(status(other, given)).isEqualTo(401);
      }
      assertThat(status(other, "Bearer s3cret")).isEqualTo(200);
    }
  }

  private static int status(Running other, String authorization) throws Exception {
    return other
        .client
        .send(
            HttpRequest.newBuilder(other.uri("/tasks"))
                .header("Authorization", authorization)
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void listening_toOthersWithoutTokenOrTls_isRefused() {
    assertThatThrownBy(() -> new Listening("0.0.0.0", 0, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot listen on 0.0.0.0: anyone could ask there (set BRAID_TOKEN, or give"
                + " --tls-certificate and --tls-key)");
    assertThat(new Listening("0.0.0.0", 0, Optional.of("t"), Optional.empty()).toString())
        .isEqualTo("http://0.0.0.0:0");
  }

  @Test
  void port_thatAnotherServerHas_isRefusedInOneSentence() {
    ServeSettings settings =
        new ServeSettings(
            new Listening("127.0.0.1", running.server.port(), Optional.empty(), Optional.empty()),
            Running.TRANSPORT,
            Running.LIMITS,
            Running.BATCHING,
            Running.following(Map.of()));
    assertThatThrownBy(() -> Running.start(store.location, settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot listen on http://127.0.0.1:%s: Address already in use (choose another port with"
                + " --port)",
            running.server.port());
  }

  @Test
  void host_thatIsNotThisMachines_isRefused() throws Exception {
    String said =
        running.raw(
            "GET /tasks HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                .getBytes(UTF_8));
    assertThat(said).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void task_thatAVersionHasNot_isUnknownToItAlone() throws Exception {
    byte[] picture = DrawnPictures.drawn(1).get(0);
    assertThat(running.post("/predictions/main?task=" + new TaskId("others"), picture).statusCode())
        .isEqualTo(200);
    assertThat(running.post("/predictions/main?task=others&version=1", picture).statusCode())
        .isEqualTo(422);
  }
}
