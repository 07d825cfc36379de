package dev.braid.store.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.fsck.FileChecks;
import dev.braid.store.fsck.Finding;
import dev.braid.store.fsck.Finding.Severity;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.json.NewerReleaseException;
import dev.braid.store.json.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt of a newer release, whose output names objects in a way that this release ignores. */
final class NewerReceiptTest {
  private static final Digest INPUTS = Digest.of("inputs");
  private static final String RECEIPT = "receipts/predict/" + INPUTS + ".json";
  private static final String UNKNOWN =
      "Cannot read %s: its output 'predictions' is unknown, so it was written by a newer release of Braid; use that release"
          .formatted(RECEIPT);

  @TempDir Path folder;
  private TinyModels models;

  @BeforeEach
  void storeReceipt() throws IOException {
    models = new TinyModels(folder.resolve("store"));
    String json =
        """
        {"inputs":"%s","outputs":{"predictions":"%s"},"provenance":{},"stage":"predict"}"""
            .formatted(INPUTS, models.put("named by the receipt"));
    Path file = models.root.resolve(RECEIPT);
    Files.createDirectories(file.getParent());
    Files.write(file, Seal.set(json.getBytes(UTF_8)));
  }

  @Test
  void find_refusesToReadIt() {
    assertThatThrownBy(() -> models.store.receipts().find("predict", INPUTS))
        .isInstanceOf(NewerReleaseException.class)
        .hasMessage(UNKNOWN);
  }

  @Test
  void plan_refusesToMarkAnything() throws IOException {
    models.age(Duration.ofDays(3));
    List<Path> before = models.files();

    assertThatThrownBy(
            () ->
                new GarbageCollector(models.store.location())
                    .plan(new Retention(0, Duration.ofDays(2), Duration.ofDays(30))))
        .isInstanceOf(NewerReleaseException.class)
        .hasMessage(UNKNOWN);
    assertThat(models.files()).isEqualTo(before);
  }

  @Test
  void purge_refusesToDeleteAnything() throws IOException {
    List<Path> before = models.files();

    assertThatThrownBy(
            () ->
                new Purger(models.store.location())
                    .purge(version -> false, Set.of(), Set.of(), () -> assertThat(true).isFalse()))
        .isInstanceOf(NewerReleaseException.class)
        .hasMessage(UNKNOWN);
    assertThat(models.files()).isEqualTo(before);
  }

  @Test
  void fsck_reportsItAndLeavesItInPlace() throws IOException {
    List<Path> before = models.files();
    Fsck fsck =
        new Fsck(
            models.store.location(),
            new Fsck.Settings(Duration.ofDays(2), Clock.systemUTC()),
            FileChecks.LOCAL);

    Fsck.Result found = fsck.check((bytes, ofBytes) -> {});
    fsck.repair(found);

    assertThat(found.of(Severity.FAULT))
        .extracting(Finding::sentence)
        .containsExactly(
            "%s: it cannot be read (%s); 'braid gc' and 'braid purge' refuse to delete anything while it is there"
                .formatted(RECEIPT, UNKNOWN));
    assertThat(models.files()).isEqualTo(before);
  }
}
