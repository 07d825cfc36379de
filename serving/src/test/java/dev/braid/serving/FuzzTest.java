package dev.braid.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.LineId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests leave no undocumented status, thread or file behind. {@code
 * -Dbraid.fuzz.seconds=3600} runs for an hour.
 */
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("braid.fuzz.seconds", 5);
  private static final Set<Integer> DOCUMENTED =
      Set.of(100, 200, 400, 401, 404, 405, 408, 413, 415, 422, 429, 503);
  private static final List<String> PATHS =
      List.of(
          "/predictions/main",
          "/predictions/main?task=letters",
          "/predictions/main?classes=a,b&top=2&detail=true",
          "/v2/models/main/infer",
          "/v2/models/main/versions/1/infer",
          "/tasks",
          "/metrics",
          "/",
          "/%2e%2e/%00?%ff=%zz");
  private static final List<String> TYPES =
      List.of(
          "image/png",
          "application/json",
          "multipart/form-data; boundary=x",
          "multipart/form-data",
          "text/\u00e4");

  @TempDir Path folder;

  @Test
  void requests_thatAreRandom_leaveNothingBehind() throws Exception {
    ServedStore store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
    TreeMap<Integer, Integer> statuses = new TreeMap<>();
    long threads = 0;
    long files = 0;
    try (Running running = Running.start(store.location)) {
      Random random = new Random(11);
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        if (i == 50) { // all of the server's threads have started
          threads = threads();
          files = files();
        }
        int status = send(running, request(random));
        statuses.merge(status, 1, Integer::sum);
        assertThat(status == 0 || DOCUMENTED.contains(status))
            .as("request %s: %s", i, status)
            .isTrue();
      }
      running.await("/v2/health/ready", 200);
      assertThat(running.post("/predictions/main", DrawnPictures.drawn(1).get(0)).statusCode())
          .isEqualTo(200);
      awaitIdle(running);
      assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 6);
      assertThat(files()).as("open files").isLessThanOrEqualTo(files + 20);
    }
    assertThat(statuses).containsKeys(200, 400, 422);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("braid-serve"));
  }

  private static void awaitIdle(Running running) throws Exception {
    while (!running.get("/metrics").body().contains("braid_requests_in_flight 0.0")) {
      Thread.onSpinWait();
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().size();
  }

  private static long files() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /** A request that is sound up to some mutations. */
  private static byte[] request(Random random) {
    byte[] body = body(random);
    String head =
        (random.nextInt(8) == 0 ? "GET " : "POST ")
            + PATHS.get(random.nextInt(PATHS.size()))
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
            + TYPES.get(random.nextInt(TYPES.size()))
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + (random.nextInt(6) == 0
                ? "Inference-Header-Content-Length: " + random.nextInt(200) + "\r\n"
                : "")
            + "\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] headBytes = head.getBytes(ISO_8859_1);
    if (random.nextInt(5) == 0) {
      headBytes[random.nextInt(headBytes.length - 4)] = (byte) random.nextInt();
    }
    all.writeBytes(headBytes);
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static byte[] body(Random random) {
    byte[] body =
        switch (random.nextInt(4)) {
          case 0 -> DrawnPictures.png(8, 8, random);
          case 1 ->
              "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"iVBORw0KGgo=\"]}]}"
                  .getBytes(ISO_8859_1);
          case 2 ->
              "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nGIF89a\r\n--x--\r\n"
                  .getBytes(ISO_8859_1);
          default -> {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            yield noise;
          }
        };
    for (int i = random.nextInt(4); i > 1 && body.length > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    return body;
  }

  /** The status, or 0 if the connection is closed without one. */
  private static int send(Running running, byte[] request) throws IOException {
    try (Socket socket = running.socket()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      String said = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
      return said.matches("HTTP/1.1 [0-9]{3}") ? Integer.parseInt(said.substring(9)) : 0;
    } catch (SocketException closed) {
      return 0;
    }
  }
}
