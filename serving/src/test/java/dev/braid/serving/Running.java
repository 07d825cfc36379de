package dev.braid.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.LineId;
import dev.braid.serving.api.Limits;
import dev.braid.serving.batch.Batching;
import dev.braid.serving.http.Listening;
import dev.braid.serving.http.TransportLimits;
import dev.braid.serving.version.Following;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A running server, and a client for it. */
final class Running implements AutoCloseable {
  static final TransportLimits TRANSPORT =
      new TransportLimits(
          256,
          64,
          1 << 20,
          32 << 20,
          8 << 10,
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));
  static final Limits LIMITS = new Limits(1 << 20, 8, 20, 40, 10);
  static final Batching BATCHING = new Batching(2, 4, Duration.ofMillis(2));
  static final Listening LOCAL = new Listening("127.0.0.1", 0, Optional.empty(), Optional.empty());

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final BraidServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Running(BraidServer server) {
    this.server = server;
  }

  static Following following(Map<LineId, Integer> pins) {
    return new Following(Duration.ofMillis(20), pins, 2, 1);
  }

  static ServeSettings settings() {
    return new ServeSettings(LOCAL, TRANSPORT, LIMITS, BATCHING, following(Map.of()));
  }

  static ServeSettings with(TransportLimits transport) {
    return new ServeSettings(LOCAL, transport, LIMITS, BATCHING, following(Map.of()));
  }

  /** A server that is ready. */
  static Running start(StoreLocation location, ServeSettings settings) throws Exception {
    Running running = new Running(BraidServer.start(location, Device.CPU, settings));
    running.await("/v2/health/ready", 200);
    return running;
  }

  static Running start(StoreLocation location) throws Exception {
    return start(location, settings());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Asks until the status is there, for at most half a minute. */
  void await(String path, int status) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (get(path).statusCode() != status) {
      assertThat(System.nanoTime()).as("%s is not %s", path, status).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Asks until a line answers with a version, for at most half a minute. */
  void awaitVersion(LineId line, int number) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!json(get("/version").body())
        .toString()
        .contains("\"line\":\"%s\",\"version\":%s,".formatted(line, number))) {
      assertThat(System.nanoTime()).as("no version %s", number).isLessThan(end);
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, byte[] body, String contentType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, byte[] picture) throws IOException, InterruptedException {
    return post(path, picture, "image/png");
  }

  static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends raw bytes and reads until the server closes the connection. */
  String raw(byte[]... parts) throws IOException {
    try (Socket socket = socket()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      try {
        for (byte[] part : parts) {
          socket.getOutputStream().write(part);
          socket.getOutputStream().flush();
        }
        socket.getInputStream().transferTo(said);
      } catch (SocketException reset) { // the server closed while this side wrote
        drain(socket, said);
      }
      return said.toString(UTF_8);
    }
  }

  private static void drain(Socket socket, ByteArrayOutputStream said) {
    try {
      socket.getInputStream().transferTo(said);
    } catch (IOException ignored) { // what was said before is there
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
