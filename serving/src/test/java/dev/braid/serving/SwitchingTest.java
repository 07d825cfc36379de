package dev.braid.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that come, fail and go while the server answers. */
class SwitchingTest {
  private static final int SWITCHES = 20;
  private static final int CLIENTS = 4;

  @TempDir Path folder;
  private final byte[] picture = DrawnPictures.drawn(1).get(0);
  private ServedStore store;

  @BeforeEach
  void create() throws Exception {
    store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
  }

  private JsonNode detail(Running running) throws Exception {
    HttpResponse<String> response = running.post("/predictions/main?detail=true", picture);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Running.json(response.body());
  }

  @Test
  void versions_thatComeUnderLoad_failNoRequest() throws Exception {
    Map<Integer, JsonNode> answers = new ConcurrentHashMap<>();
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Running running = Running.start(store.location)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        counts.add(
            clients.submit(
                () -> {
                  int asked = 0;
                  int newest = 0;
                  for (; !isOver.get(); asked++) {
                    JsonNode said = detail(running);
                    int version = said.path("version").asInt();
                    assertThat(version).as("never back").isGreaterThanOrEqualTo(newest);
                    newest = version;
                    JsonNode before = answers.putIfAbsent(version, said);
                    assertThat(said).isEqualTo(before == null ? said : before);
                  }
                  return asked;
                }));
      }
      for (int seed = 2; seed <= SWITCHES + 1; seed++) {
        Version next = store.publish(LineId.MAIN, seed, ServedStore.LETTERS);
        running.awaitVersion(LineId.MAIN, next.number());
      }
      isOver.set(true);
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isPositive();
      }
      clients.shutdown();
      assertThat(detail(running).path("version").asInt()).isEqualTo(SWITCHES + 1);
      assertThat(running.get("/metrics").body())
          .contains("braid_version_switches_total{line=\"main\"} %s.0".formatted(SWITCHES + 1));
    }
  }

  @Test
  void version_thatCannotBeLoaded_leavesTheOldOne() throws Exception {
    try (Running running = Running.start(store.location)) {
      store.publishBroken(LineId.MAIN, 2, ServedStore.LETTERS);
      while (!running
          .get("/metrics")
          .body()
          .contains("braid_version_failures_total{line=\"main\"} 1")) {
        Thread.onSpinWait();
      }
      assertThat(detail(running).path("version").asInt()).isEqualTo(1);
      running.await("/v2/health/ready", 200);
      store.publish(LineId.MAIN, 3, ServedStore.LETTERS);
      running.awaitVersion(LineId.MAIN, 3);
    }
  }

  @Test
  void pin_holdsAVersionWhateverComes() throws Exception {
    store.publish(LineId.MAIN, 2, ServedStore.LETTERS);
    ServeSettings pinned =
        new ServeSettings(
            Running.LOCAL,
            Running.TRANSPORT,
            Running.LIMITS,
            Running.BATCHING,
            Running.following(new HashMap<>(Map.of(LineId.MAIN, 1))));
    LineId other = new LineId("other");
    try (Running running = Running.start(store.location, pinned)) {
      store.publish(LineId.MAIN, 3, ServedStore.LETTERS);
      store.publish(other, 4, ServedStore.OTHERS);
      running.awaitVersion(other, 1);
      assertThat(detail(running).path("version").asInt()).isEqualTo(1);
      assertThat(running.get("/version").body()).contains("\"pinned\":true", "\"pinned\":false");
    }
  }

  @Test
  void task_thatIsRemoved_isUnknownAfterTheSwitch() throws Exception {
    store.publish(LineId.MAIN, 2, ServedStore.LETTERS, ServedStore.OTHERS);
    try (Running running = Running.start(store.location)) {
      running.awaitVersion(LineId.MAIN, 2);
      assertThat(running.post("/predictions/main?task=others", picture).statusCode())
          .isEqualTo(200);
      store.publish(LineId.MAIN, 3, ServedStore.LETTERS);
      running.awaitVersion(LineId.MAIN, 3);
      HttpResponse<String> response = running.post("/predictions/main?task=others", picture);
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.body())
          .contains("Invalid task: others (version 3 has learned [letters])");
    }
  }

  @Test
  void version_thatIsPurged_isAnsweredOrRefusedCleanly() throws Exception {
    Version first = store.store.versions(LineId.MAIN).head().orElseThrow();
    try (Running running = Running.start(store.location)) {
      store.publish(LineId.MAIN, 2, ServedStore.LETTERS);
      running.awaitVersion(LineId.MAIN, 2);
      store.publish(LineId.MAIN, 3, ServedStore.LETTERS);
      running.awaitVersion(LineId.MAIN, 3);
      store.deleteDelta(first); // two newer experts have taken its place in memory
      HttpResponse<String> gone = running.post("/predictions/main?version=1", picture);
      assertThat(gone.statusCode()).as(gone.body()).isEqualTo(503);
      assertThat(gone.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(detail(running).path("version").asInt()).isEqualTo(3);
    }
  }

  @Test
  void store_thatBecomesUnreadable_turnsReadyButNotLive() throws Exception {
    try (Running running = Running.start(store.location)) {
      Path file = folder.resolve("store/store.json");
      Path away = folder.resolve("away.json");
      Files.move(file, away);
      running.await("/v2/health/ready", 503);
      assertThat(running.get("/v2/health/live").statusCode()).isEqualTo(200);
      assertThat(running.get("/v2/models/main/ready").statusCode()).isEqualTo(503);
      assertThat(running.post("/predictions/main", picture).statusCode()).isIn(200, 503);
      Files.move(away, file);
      running.await("/v2/health/ready", 200);
      assertThat(running.post("/predictions/main", picture).statusCode()).isEqualTo(200);
    }
  }
}
