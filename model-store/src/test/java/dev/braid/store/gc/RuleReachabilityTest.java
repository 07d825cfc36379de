package dev.braid.store.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.fsck.FileChecks;
import dev.braid.store.fsck.Finding;
import dev.braid.store.fsck.Finding.Severity;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
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

/** What a version needs because of its rule: its tasks' statistics, and the record without it. */
final class RuleReachabilityTest {
  private static final Duration MIN_AGE = Duration.ofDays(2);

  @TempDir Path folder;
  private TinyModels models;
  private RuledModels ruled;
  private Digest kept;

  @BeforeEach
  void makeStore() throws IOException {
    models = new TinyModels(folder.resolve("store"));
    ruled = new RuledModels(models);
    kept = ruled.putStatistics("kept");
    var unused = ruled.putStatistics("gone");
  }

  private void commitWithAndWithoutGone() throws CommitConflictException {
    models.commit(ruled.put("kept", "gone"));
    models.commit(ruled.put("kept"));
  }

  @Test
  void gc_ofAllVersions_keepsWhatTheirRulesName() throws Exception {
    commitWithAndWithoutGone();
    collect(/* versions= */ 0);

    assertThat(ruled.statisticsFile("kept")).exists();
    assertThat(ruled.statisticsFile("gone")).exists();
    assertThat(faults()).isEmpty();
  }

  @Test
  void gc_keepingTheNewest_deletesWhatOnlyOlderRulesName() throws Exception {
    commitWithAndWithoutGone();
    Path bareOfBoth = ruled.bareFile("kept", "gone");
    Path bareOfKept = ruled.bareFile("kept");
    collect(/* versions= */ 1);

    assertThat(ruled.statisticsFile("gone")).doesNotExist();
    assertThat(bareOfBoth).doesNotExist();
    assertThat(ruled.statisticsFile("kept")).exists();
    assertThat(bareOfKept).exists();
    assertThat(receipts()).hasSize(1);
    assertThat(faults()).isEmpty();
  }

  /** Ages the store, and collects twice: the first marks, the second deletes. */
  private void collect(int versions) throws IOException {
    GarbageCollector collector = new GarbageCollector(models.store.location());
    for (int i = 0; i < 2; i++) {
      models.age(MIN_AGE);
      var unused = collector.run(collector.plan(new Retention(versions, MIN_AGE, Duration.ZERO)));
    }
  }

  @Test
  void purge_ofTheVersionsOfATask_deletesItsStatistics() throws Exception {
    commitWithAndWithoutGone();
    Path bareOfBoth = ruled.bareFile("kept", "gone");

    int deleted =
        new Purger(models.store.location())
            .purge(version -> version.number() == 1, Set.of(), Set.of(), () -> {});

    assertThat(deleted).isPositive();
    assertThat(ruled.statisticsFile("gone")).doesNotExist();
    assertThat(bareOfBoth).doesNotExist();
    assertThat(ruled.statisticsFile("kept")).exists();
    assertThat(receipts()).hasSize(1);
    assertThat(faults()).isEmpty();
  }

  private List<?> receipts() {
    return models.store.receipts().all("statistics");
  }

  @Test
  void commit_withoutWhatTheRuleNames_isAConflict() throws Exception {
    Digest model = ruled.put("kept");
    for (Path missing : List.of(ruled.statisticsFile("kept"), ruled.bareFile("kept"))) {
      byte[] bytes = Files.readAllBytes(missing);
      Files.delete(missing);

      assertThatThrownBy(() -> models.commit(model))
          .isInstanceOf(CommitConflictException.class)
          .hasMessageEndingWith("%s is gone (run again)".formatted(name(missing)));
      Files.write(missing, bytes);
    }
    models.commit(model);
  }

  @Test
  void fsck_ofDamagedStatistics_findsThem() throws Exception {
    commitWithAndWithoutGone();
    Path file = ruled.statisticsFile("kept");
    byte[] bytes = Files.readAllBytes(file);
    bytes[11] ^= 1;
    Files.write(file, bytes);

    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(name(file) + ": a task's statistics: its bytes have the digest ")
        .contains("versions 1 to 2 of line main cannot be used without it")
        .contains("'braid fsck --repair' moves it aside");
    assertThatThrownBy(() -> models.store.records().statistics(kept))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(name(file));
  }

  @Test
  void fsck_ofMissingStatistics_findsThem() throws Exception {
    commitWithAndWithoutGone();
    Files.delete(ruled.statisticsFile("gone"));

    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(name(ruled.statisticsFile("gone")) + ": a task's statistics is missing; ")
        .contains("version 1 of line main cannot be used without it");
  }

  @Test
  void fsck_ofAMissingRecordWithoutTheRule_findsIt() throws Exception {
    commitWithAndWithoutGone();
    Path bare = ruled.bareFile("kept");
    Files.delete(bare);

    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(name(bare) + ": a model's record is missing; version 2 of line main");
  }

  @Test
  void fsck_ofAnObjectThatIsNoStatistics_findsIt() throws Exception {
    Digest no = models.store.objects().put("no statistics at all".getBytes(UTF_8), "f64");
    models.commit(ruled.put("kept"));
    ruled.receipt("other", no);
    Path file = ruled.statisticsFile(no);

    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(
            "%s: it is not a task's statistics (Cannot read %1$s: Invalid statistics: 20 bytes for"
                .formatted(name(file)));
    assertThatThrownBy(() -> models.store.records().statistics(no))
        .isInstanceOf(StoreFormatException.class);
  }

  private String name(Path file) {
    return models.root.relativize(file).toString();
  }

  private List<String> faults() {
    Fsck fsck =
        new Fsck(
            models.store.location(),
            new Fsck.Settings(MIN_AGE, Clock.systemUTC()),
            FileChecks.LOCAL);
    return fsck.check((read, all) -> {}).of(Severity.FAULT).stream()
        .map(Finding::sentence)
        .toList();
  }
}
