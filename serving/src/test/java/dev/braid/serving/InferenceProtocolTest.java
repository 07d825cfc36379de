package dev.braid.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.model.LineId;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of the Open Inference Protocol, version 2, that knows nothing of Braid. */
class InferenceProtocolTest {
  @TempDir static Path folder;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    ServedStore store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
    store.publish(LineId.MAIN, 2, ServedStore.LETTERS, ServedStore.OTHERS);
    running = Running.start(store.location);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static JsonNode get(String path, int status) throws Exception {
    HttpResponse<String> response = running.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Running.json(response.body());
  }

  private static String request(List<byte[]> pictures, String more) {
    String data =
        pictures.stream()
            .map(picture -> '"' + Base64.getEncoder().encodeToString(picture) + '"')
            .collect(Collectors.joining(","));
    return "{\"id\":\"42\",%s\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[%s],\"data\":[%s]}]}"
        .formatted(more, pictures.size(), data);
  }

  private static HttpResponse<String> infer(String path, String body) throws Exception {
    return running.post(path, body.getBytes(UTF_8), "application/json");
  }

  @Test
  void metadata_tellAClientWhatToSend() throws Exception {
    assertThat(get("/v2", 200).path("name").asText()).isEqualTo("braid");
    assertThat(get("/v2/health/live", 200).path("live").asBoolean()).isTrue();
    assertThat(get("/v2/health/ready", 200).path("ready").asBoolean()).isTrue();
    JsonNode model = get("/v2/models/main", 200);
    assertThat(model.path("versions").get(0).asText()).isEqualTo("2");
    JsonNode input = model.path("inputs").get(0);
    assertThat(input.path("name").asText()).isEqualTo("image");
    assertThat(input.path("datatype").asText()).isEqualTo("BYTES");
    assertThat(model.path("outputs").findValuesAsText("name"))
        .containsExactly("class_name", "probability", "task");
    assertThat(get("/v2/models/main/ready", 200).path("ready").asBoolean()).isTrue();
    assertThat(get("/v2/models/main/versions/1/ready", 200).path("ready").asBoolean()).isTrue();
    assertThat(get("/v2/models/main/versions/9", 404).has("error")).isTrue();
    assertThat(get("/v2/models/none/ready", 404).has("error")).isTrue();
  }

  @Test
  void infer_ofSeveralPictures_isTheAnswerToEach() throws Exception {
    List<byte[]> pictures = DrawnPictures.drawn(5);
    HttpResponse<String> response =
        infer("/v2/models/main/infer", request(pictures, "\"parameters\":{\"top\":3},"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode json = Running.json(response.body());
    assertThat(json.path("id").asText()).isEqualTo("42");
    assertThat(json.path("model_version").asText()).isEqualTo("2");
    for (JsonNode output : json.path("outputs")) {
      assertThat(output.path("shape").toString()).isEqualTo("[5,3]");
      assertThat(output.path("data")).hasSize(15);
    }
    for (int i = 0; i < pictures.size(); i++) {
      JsonNode plain =
          Running.json(running.post("/predictions/main?top=3", pictures.get(i)).body());
      for (int label = 0; label < 3; label++) {
        int at = 3 * i + label;
        assertThat(json.path("outputs").get(0).path("data").get(at))
            .isEqualTo(plain.get(label).path("className"));
        assertThat(json.path("outputs").get(1).path("data").get(at))
            .isEqualTo(plain.get(label).path("probability"));
        assertThat(json.path("outputs").get(2).path("data").get(at))
            .isEqualTo(plain.get(label).path("task"));
      }
    }
  }

  @Test
  void infer_withBinaryTensor_isTheSameAnswer() throws Exception {
    List<byte[]> pictures = DrawnPictures.drawn(2);
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    for (byte[] picture : pictures) {
      binary.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(picture.length).array());
      binary.writeBytes(picture);
    }
    byte[] json =
        "{\"id\":\"42\",\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[2],\"parameters\":{\"binary_data_size\":%s}}]}"
            .formatted(binary.size())
            .getBytes(UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(binary.toByteArray());
    HttpRequest request =
        HttpRequest.newBuilder(running.uri("/v2/models/main/versions/2/infer"))
            .header("Content-Type", "application/octet-stream")
            .header("Inference-Header-Content-Length", Integer.toString(json.length))
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    HttpResponse<String> response = running.client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(infer("/v2/models/main/infer", request(pictures, "")).body());
  }

  @Test
  void infer_ofWantedOutputs_hasThoseAlone() throws Exception {
    String body = request(DrawnPictures.drawn(1), "\"outputs\":[{\"name\":\"class_name\"}],");
    JsonNode json = Running.json(infer("/v2/models/main/infer", body).body());
    assertThat(json.path("outputs").findValuesAsText("name")).containsExactly("class_name");
  }

  @Test
  void infer_ofPictureThatIsNone_saysWhich() throws Exception {
    List<byte[]> pictures = List.of(DrawnPictures.drawn(1).get(0), new byte[] {1, 2});
    HttpResponse<String> response = infer("/v2/models/main/infer", request(pictures, ""));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("Cannot decode picture 1:");
  }

  @Test
  void infer_ofTooManyPictures_isRefused() throws Exception {
    assertThat(infer("/v2/models/main/infer", request(DrawnPictures.drawn(9), "")).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{}",
        "{\"inputs\":[]}",
        "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"\"]}]}",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]}",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"\"]}]}",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[-1],\"data\":[]}]}",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"?\"]}]}",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":{\"binary_data_size\":9}}]}",
        "{\"inputs\":[],\"inputs\":[]}",
        "{\"id\":1}{"
      })
  void infer_ofMalformedRequest_isRefused(String body) throws Exception {
    HttpResponse<String> response = infer("/v2/models/main/infer", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(Running.json(response.body()).path("error").asText()).isNotBlank();
  }
}
