package dev.braid.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.driver.GoldenStore;
import dev.braid.jobs.stage.FileCheckJob;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.fsck.Finding.Severity;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a store of each format number: every later release must read it and rewrite nothing.
 *
 * <p>{@code -Dbraid.golden=DIR} writes a new one to DIR. {@code docs/examples/read_store.py} prints
 * the same digests of the deltas.
 */
class GoldenStoreTest {
  /** The highest format number of which a store is kept. */
  private static final int NEWEST = 3;

  private static final List<String> DECOUPLED =
      List.of(
          "2b2995625aade76b58c7e1a382d35a2cdccc8c7afb94d5a84a678ebaefab3d4f",
          "e2c03949fe023e6494299a205f5273a63b317cac6f32c3b6b0519c3b196ec1e6");
  private static final List<String> SUMMED =
      List.of(
          "73e3dacfd25117f81e04f78e70c4c7277832a1aa36b29ef056e55656c34dc18a",
          "0c804459ac02fc833c3d195f4b40eabfc502aaee6c51a23b98fdeaaf29f38d26");

  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, NEWEST})
  void kept_isReadAsItWasWritten(int format) throws Exception {
    checkIsRead(kept(format));
  }

  /** If only this test fails, the format has changed unnoticed. */
  @Test
  void written_isReadLikewise() throws Exception {
    Path root = Path.of(System.getProperty("braid.golden", folder.resolve("written").toString()));
    GoldenStore.write(root, spark);

    checkIsRead(root);
    assertThat(names(root)).isEqualTo(names(kept(NEWEST)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, NEWEST})
  void kept_isAddedToAndNothingOfItRewritten(int format) throws Exception {
    Path root = kept(format);
    Map<Path, String> before = CommandFixture.files(root);

    assertThat(GoldenStore.learnOneMore(root, spark).number()).isEqualTo(4);
    assertThat(braid(root, "rollback", "1").code()).isZero();
    assertThat(braid(root, "gc").json().at("/deleted")).isEmpty();
    GarbageCollector garbageCollector = new GarbageCollector(StoreLocation.of(root.toString()));
    assertThat(
            garbageCollector.run(
                garbageCollector.plan(new Retention(0, Duration.ofDays(2), Duration.ZERO))))
        .isZero();

    assertThat(CommandFixture.files(root)).containsAllEntriesOf(before);
    assertThat(braid(root, "log").json().at("/versions")).hasSize(5);
    checkIsWhole(root);
  }

  private void checkIsRead(Path root) throws Exception {
    JsonNode log = braid(root, "log").json().at("/versions");
    assertThat(log.findValuesAsText("action"))
        .containsExactly("learn task-0", "learn task-1", "set aside refused");
    JsonNode shown = braid(root, "show", "2").json();
    assertThat(shown.at("/tasks").findValuesAsText("task")).containsExactly("task-0", "task-1");
    assertThat(shown.at("/time").textValue()).isEqualTo("2026-01-02T12:00:00Z");
    assertThat(braid(root, "status").text())
        .contains("Learned   task-0, task-1 (2)", "Set aside refused: it was no better")
        .contains("Waiting   nothing");
    assertThat(deltas(root, LineId.MAIN)).isEqualTo(DECOUPLED);
    assertThat(deltas(root, GoldenStore.DELTAS)).isEqualTo(SUMMED);
    checkIsWhole(root);
  }

  private static void checkIsWhole(Path root) {
    Fsck fsck =
        new Fsck(
            StoreLocation.of(root.toString()),
            new Fsck.Settings(Duration.ofDays(2), Clock.systemUTC()),
            new FileCheckJob(spark));
    assertThat(fsck.check((read, all) -> {}).of(Severity.FAULT)).isEmpty();
  }

  private static CommandResult braid(Path root, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", root.toString(), "--json"));
    return CommandResult.of(arguments);
  }

  /** The digests of the decoupled deltas of all tasks of a line. */
  private static List<String> deltas(Path root, LineId line) throws IOException {
    ModelStore store = ModelStore.open(StoreLocation.of(root.toString()));
    ModelRecord model = store.records().model(store.versions(line).head().orElseThrow().model());
    List<String> deltas = new ArrayList<>();
    for (Learned learned : model.tasks()) {
      MessageDigest hasher = Digest.sha256();
      store
          .weights()
          .delta(model, learned.task())
          .forEach(tensor -> hasher.update(bytes(tensor.values())));
      deltas.add(Digest.finish(hasher).hex());
    }
    return deltas;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /**
   * The files that every release must write identically, except for figures (a merge's health and
   * scores), which have more fields now, and the tombstone, which is named by the files it marks.
   */
  private static List<String> names(Path root) throws IOException {
    return CommandFixture.files(root).keySet().stream()
        .filter(file -> !isFigures(file))
        .map(file -> root.relativize(file).toString())
        .filter(name -> !name.startsWith("condemned/"))
        .toList();
  }

  private static boolean isFigures(Path file) {
    try {
      String text = Files.readString(file, ISO_8859_1);
      return text.contains("\"lost-groups\"") || text.contains("\"routed\":");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the golden store of a format. */
  private Path kept(int format) throws IOException, URISyntaxException {
    URL info =
        Objects.requireNonNull(
            GoldenStoreTest.class.getResource("store-" + format + "/store.json"));
    Path kept = Path.of(info.toURI().resolve("."));
    Path copy = Files.createTempDirectory(folder, "kept").resolve("store");
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(kept.relativize(file).toString()));
      }
    }
    return copy;
  }
}
