package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests that a version says who published it, from where and with what. */
final class ProvenanceTest extends CommandFixture {
  @Test
  void show_ofAVersion_namesItsPublisherWhomGcKeepsAndFsckChecks() throws IOException {
    init();
    add("colours");
    assertThat(braid("run", "--master", "local[2]").code()).isZero();
    assertThat(braid("remove", "colours").code()).isZero();

    JsonNode learned = braid("show", "1").json().get("provenance");
    CommandResult removed = braid("show", "2");

    assertThat(learned.get("user").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(learned.get("host").asText()).isNotEmpty();
    assertThat(learned.get("code-version").asText()).isEqualTo("development");
    assertThat(learned.get("spark-application").asText()).startsWith("local-");
    assertThat(removed.json().get("provenance").has("spark-application")).isFalse();
    assertThat(removed.text()).contains("By        " + System.getProperty("user.name") + " on ");

    for (int step = 0; step < 2; step++) { // marks for deletion, then deletes
      assertThat(
              braid("gc", "--apply", "--conf", "gc.min-age=0 s", "--conf", "gc.cache-age=0 s")
                  .code())
          .isZero();
    }
    Path file = object(1);
    assertThat(file).exists();
    assertThat(braid("fsck", "--master", "local[2]").code()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);
    CommandResult damaged = braid("fsck", "--master", "local[2]");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.text()).contains(file.getFileName().toString());
  }

  private Path object(int number) {
    Path root = folder.resolve("store");
    ModelStore store = ModelStore.open(StoreLocation.of(root.toString()));
    Version version = store.versions(LineId.MAIN).find(number).orElseThrow();
    Digest digest = version.provenance().orElseThrow();
    return root.resolve("objects/%1.2s/%1$s.json".formatted(digest));
  }
}
