package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every file of a tiny store to what docs/format.md says.
 *
 * <p>A shard's digest may change with Parquet's release and with nothing else.
 */
final class FormatTest {
  private static final Digest FIRST_SHARD =
      new Digest("9c2c724f996d99babbe5ffb07401ff4912887997a3f14fd3c18b96d80841d91f");
  private static final Digest SECOND_SHARD =
      new Digest("f06a22f46df7dcfe3fe772503f800fe07547ed7c016ca4288f97a317e68f1a3f");

  /** Of float32 values as Python's struct and hashlib say. */
  private static final Digest QUARTERS =
      new Digest("4f0e787f03d26364417e2d451c7affef0635623668c05cb68f1832b49eb4376d");

  private static final Digest SCALE =
      new Digest("dcbef9fb6391a5a3049de26bb09b1a26387b27d24af9973c34933069f9a48cf9");
  private static final Digest ONE_TO_FIVE =
      new Digest("0f0fcd7ac25b46f0b354529ced3e25ccbecce8a2303030a929c224c8a60a3a2e");
  private static final Digest INPUTS = Digest.of("inputs");

  @TempDir Path folder;

  @Test
  void store_files_areThoseOfTheFormat() throws Exception {
    ModelStore store = TinyBase.createStore(folder);
    store.inbox().add("images = /data/dtd", new TaskId("dtd"));
    store.receipts().record(new Receipt("train", INPUTS, new TreeMap<>(), new TreeMap<>()));
    store.versions(LineId.MAIN).commit(firstVersion(store));

    SortedMap<String, String> files = files();

    String shards =
        """
        [{"bytes":557,"digest":"%s"},{"bytes":469,"digest":"%s"}]"""
            .formatted(FIRST_SHARD, SECOND_SHARD);
    String blob =
        """
        {"coordinates":106,"element":"float32","row-length":64,"shard-length":64,\
        "shards":%s,"space":"%s"}"""
            .formatted(shards, Digest.of("tensors\na [10, 10]\nlogit_scale []\nz [5]\n"));
    String base =
        """
        {"files":{"config.json":"%s"},"tensors":[{"name":"a","shape":[10,10],"values":"%s"},\
        {"name":"logit_scale","shape":[],"values":"%s"},{"name":"z","shape":[5],"values":"%s"}]}"""
            .formatted(Digest.of("{}"), QUARTERS, SCALE, ONE_TO_FIVE);
    assertThat(files.remove("store.json"))
        .isEqualTo(
            sealed(
                """
                {"base":"%s","format":3,"row-length":64,"settings":{"train":"full"},\
                "shard-length":64,"weights":"%s"}"""
                    .formatted(Digest.of(base), Digest.of(blob))));
    assertThat(files.remove(object(Digest.of(base), "json"))).isEqualTo(base);
    assertThat(files.remove(object(Digest.of(blob), "json"))).isEqualTo(blob);
    assertThat(files.remove(object(Digest.of("{}"), "bin"))).isEqualTo("{}");
    assertThat(files.remove("inbox/000001.json"))
        .isEqualTo(
            sealed(
                """
                {"number":1,"task":"dtd","text":"images = /data/dtd"}"""));
    assertThat(files.remove(object(TinyBase.storeModel(store), "json")))
        .startsWith("{\"base\":\"" + Digest.of(base) + "\"");
    assertThat(files.remove("receipts/train/" + INPUTS + ".json"))
        .isEqualTo(
            sealed(
                """
                {"inputs":"%s","outputs":{},"provenance":{},"stage":"train"}"""
                    .formatted(INPUTS)));
    assertThat(files.remove("versions/main/000001.json"))
        .startsWith("{\"action\":\"learn dtd\",\"line\":\"main\",")
        .matches(".*,\"sha-256\":\"[0-9a-f]{64}\"}");
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(object(FIRST_SHARD, "parquet"), object(SECOND_SHARD, "parquet"));
  }

  private static String sealed(String json) {
    String open = json.substring(0, json.length() - 1);
    return open + ",\"sha-256\":\"" + Digest.of(open) + "\"}";
  }

  private static Version firstVersion(ModelStore store) {
    return new Version(
        LineId.MAIN,
        1,
        OptionalInt.empty(),
        Instant.EPOCH,
        "learn dtd",
        TinyBase.storeModel(store),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static String object(Digest digest, String extension) {
    return "objects/%s/%s.%s".formatted(digest.hex().substring(0, 2), digest, extension);
  }

  private SortedMap<String, String> files() throws IOException {
    Path root = folder.resolve("store");
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        files.put(name, name.endsWith("parquet") ? "" : Files.readString(file, UTF_8));
      }
    }
    return files;
  }
}
