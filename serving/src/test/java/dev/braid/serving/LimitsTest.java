package dev.braid.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.LineId;
import dev.braid.serving.http.TransportLimits;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients send that means harm, or too much. */
class LimitsTest {
  @TempDir static Path folder;
  private static ServedStore store;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
    running = Running.start(store.location);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static byte[] head(String... headers) {
    return ("POST /predictions/main HTTP/1.1\r\nHost: localhost\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n")
        .getBytes(UTF_8);
  }

  private static void assertStillAnswers() throws Exception {
    assertThat(running.post("/predictions/main", DrawnPictures.drawn(1).get(0)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void body_thatNeverEnds_isCutAtTheLimit() throws Exception {
    byte[] chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(UTF_8);
    try (Socket socket = running.socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Transfer-Encoding: chunked"));
      int sent = 0;
      try {
        for (; sent < 1000; sent++) {
          out.write(chunk);
        }
      } catch (SocketException ignored) { // the server has closed the connection
      }
      assertThat(sent).as("64 KiB chunks until the server closed").isLessThan(1000);
    }
    assertThat(running.raw(head("Content-Length: 1048577"))).startsWith("HTTP/1.1 413 ");
    // the reply may be lost behind what nobody reads
    assertThat(running.raw(head("Transfer-Encoding: chunked"), repeated(chunk)))
        .matches("(?s)|HTTP/1.1 413 .*\"error\".*");
    assertStillAnswers();
  }

  /** A little more than the limit. */
  private static byte[] repeated(byte[] chunk) {
    byte[] all = new byte[chunk.length * 16];
    for (int i = 0; i < 16; i++) {
      System.arraycopy(chunk, 0, all, i * chunk.length, chunk.length);
    }
    return all;
  }

  @Test
  void client_thatIsSlow_isCutInTime() throws Exception {
    long start = System.nanoTime();
    assertThat(running.raw(head("Content-Length: 100"), new byte[10])).startsWith("HTTP/1.1 408 ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    String withoutEnd = running.raw("POST /predictions/main HTTP/1.1\r\nHost: loc".getBytes(UTF_8));
    assertThat(withoutEnd).doesNotContain("200");
    assertThat(running.raw(new byte[0])).as("a connection without a request").isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    assertStillAnswers();
  }

  @Test
  @Timeout(60)
  void body_thatEndsEarly_disturbsNobody() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Socket socket = running.socket()) {
        socket.getOutputStream().write(head("Content-Length: 100"));
        socket.getOutputStream().write(new byte[10]);
      }
    }
    assertStillAnswers();
    while (!running.get("/metrics").body().contains("braid_requests_in_flight 0.0")) {
      Thread.onSpinWait(); // the last connections are still being closed
    }
  }

  @Test
  void picture_ofOnePixel_isAnswered() throws Exception {
    assertThat(running.post("/predictions/main", DrawnPictures.blank(1, 1)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void picture_thatIsTooLarge_isRefusedBeforeItIsUnpacked() throws Exception {
    HttpResponse<String> large = running.post("/predictions/main", DrawnPictures.blank(2000, 1000));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("the picture has 2000 x 1000 pixels (at most 1048576)");
  }

  @Test
  void picture_ofFourHundredMillionPixels_isRefused() throws Exception {
    TransportLimits roomy =
        new TransportLimits(
            64,
            8,
            4 << 20,
            32 << 20,
            8 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
    try (Running other = Running.start(store.location, Running.with(roomy))) {
      byte[] bomb = DrawnPictures.blank(20_000, 20_000);
      assertThat(bomb).as("a bomb of 1.2 GB").hasSizeLessThan(4 << 20);
      HttpResponse<String> said = other.post("/predictions/main", bomb);
      assertThat(said.statusCode()).as(said.body()).isEqualTo(422);
      assertThat(said.body()).contains("20000 x 20000");
    }
  }

  @Test
  void headers_thatAreTooMany_areRefused() throws Exception {
    String large = "X-Large: " + "x".repeat(1 << 16);
    assertThat(running.raw(head(large))).doesNotStartWith("HTTP/1.1 200");
    String[] many = new String[1000];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-" + i + ": 1";
    }
    assertThat(running.raw(head(many))).doesNotStartWith("HTTP/1.1 200");
    assertThat(running.get("/tasks?" + "a=1&".repeat(100)).statusCode()).isEqualTo(400);
    assertStillAnswers();
  }

  @Test
  void json_nestedTenThousandDeep_isRefused() throws Exception {
    byte[] nested = ("[".repeat(10_000) + "]".repeat(10_000)).getBytes(UTF_8);
    HttpResponse<String> said = running.post("/v2/models/main/infer", nested, "application/json");
    assertThat(said.statusCode()).isEqualTo(400);
    assertThat(said.body()).contains("nested more than 16 deep");
  }

  @Test
  void requests_tenTimesTheAllowed_areAnsweredOrToldToComeBack() throws Exception {
    int allowed = Running.TRANSPORT.requests();
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    List<byte[]> pictures = DrawnPictures.drawn(10);
    for (int i = 0; i < 10 * allowed; i++) {
      sent.add(
          running.client.sendAsync(
              HttpRequest.newBuilder(running.uri("/predictions/main"))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(pictures.get(i % 10)))
                  .build(),
              BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> each : sent) {
      HttpResponse<String> response = each.get();
      statuses.merge(response.statusCode(), 1, Integer::sum);
      if (response.statusCode() == 429) {
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      }
    }
    assertThat(statuses.keySet()).isSubsetOf(200, 429).contains(200);
    assertThat(statuses.get(200)).isGreaterThanOrEqualTo(allowed);
    assertStillAnswers();
  }

  @Test
  void requests_thatHoldTheirPlaces_makeFurtherOnesComeBack() throws Exception {
    TransportLimits two =
        new TransportLimits(
            64,
            2,
            1 << 20,
            4 << 20,
            8 << 10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
    try (Running other = Running.start(store.location, Running.with(two));
        Socket first = other.socket();
        Socket second = other.socket()) {
      first.getOutputStream().write(head("Content-Length: 100"));
      second.getOutputStream().write(head("Content-Length: 100"));
      while (!other.get("/metrics").body().contains("braid_requests_in_flight 2.0")) {
        Thread.onSpinWait();
      }
      HttpResponse<String> refused = other.post("/predictions/main", DrawnPictures.drawn(1).get(0));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void answer_thatTakesTooLong_isRefused() throws Exception {
    TransportLimits hasty =
        new TransportLimits(
            64,
            64,
            1 << 20,
            32 << 20,
            8 << 10,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofSeconds(5));
    try (Running other = Running.start(store.location, Running.with(hasty))) {
      TreeMap<Integer, Integer> statuses = new TreeMap<>();
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> said = other.post("/predictions/main?classes=a,b,c,d", small(i));
        statuses.merge(said.statusCode(), 1, Integer::sum);
      }
      assertThat(statuses.keySet()).isSubsetOf(200, 503);
      assertThat(statuses).containsKey(503);
    }
  }

  private static byte[] small(int i) {
    return DrawnPictures.png(500, 500, new Random(i));
  }
}
