package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.store.file.FileEntry;
import dev.braid.store.fsck.Batch;
import dev.braid.store.fsck.BrokenFile;
import dev.braid.store.fsck.FileChecks;
import dev.braid.store.fsck.Finding;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.PlannedDeletions;
import dev.braid.store.gc.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final LineId PETS = new LineId("pets");

  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void create() throws IOException {
    store = TinyBase.createStore(folder.resolve("store"));
  }

  @Test
  void newestFirst_ofALine_givesItsRunsInTheOrderOfTheirStarts() {
    RunRecord first = record(LineId.MAIN, NOON, "dtd");
    RunRecord second = record(LineId.MAIN, NOON.plusSeconds(1), "food");
    RunRecord other = record(PETS, NOON.plusSeconds(2), "cats");

    assertThat(store.runs().newestFirst(LineId.MAIN)).containsExactly(second, first);
    assertThat(store.runs().newestFirst(PETS)).containsExactly(other);
    assertThat(store.runs().newestFirst(new LineId("none"))).isEmpty();
  }

  @Test
  void newestFirst_passesOverWhatItCannotRead_andFsckReportsIt() throws IOException {
    RunRecord good = record(LineId.MAIN, NOON, "dtd");
    RunRecord bad = record(LineId.MAIN, NOON.plusSeconds(1), "food");
    Path file = root().resolve("runs/main/%s.json".formatted(bad.id()));
    Files.writeString(file, Files.readString(file).replace("food", "fool"));

    assertThat(store.runs().newestFirst(LineId.MAIN)).containsExactly(good);
    List<Finding> findings = fsck().check((read, of) -> {}).findings();
    assertThat(findings).extracting(Finding::file).contains("runs/main/" + bad.id() + ".json");
    fsck().repair(fsck().check((read, of) -> {}));
    assertThat(file).doesNotExist();
  }

  @Test
  void gc_keepsTheNewestOfEachLine() {
    RunRecord newest = record(LineId.MAIN, NOON.plusSeconds(9), "c");
    var unusedFirst = record(LineId.MAIN, NOON, "a");
    var unusedSecond = record(LineId.MAIN, NOON.plusSeconds(1), "b");
    RunRecord other = record(PETS, NOON, "cats");
    GarbageCollector collector = new GarbageCollector(store.location());

    PlannedDeletions plan =
        collector.plan(new Retention(0, Duration.ofDays(2), Duration.ofDays(2), 1));

    assertThat(plan.runs()).extracting(FileEntry::name).hasSize(2);
    assertThat(collector.run(plan)).isEqualTo(2);
    assertThat(store.runs().newestFirst(LineId.MAIN)).containsExactly(newest);
    assertThat(store.runs().newestFirst(PETS)).containsExactly(other);
  }

  @Test
  void forget_deletesTheRecordsThatNameATask() {
    var unused = record(LineId.MAIN, NOON, "dtd");
    RunRecord kept = record(PETS, NOON, "cats");

    store.runs().forget(new TaskId("dtd"));

    assertThat(store.runs().newestFirst(LineId.MAIN)).isEmpty();
    assertThat(store.runs().newestFirst(PETS)).containsExactly(kept);
  }

  @Test
  void leases_areReplacedAndAreIntactForFsck() throws IOException {
    LeaseRecord lease =
        new LeaseRecord(
            PETS, RunId.starting(NOON), "me", "here", 1, NOON, 0, Duration.ofMinutes(2));
    store.leases().write(lease);
    store.leases().write(lease.renewed());

    assertThat(store.leases().find(PETS).orElseThrow().lease()).isEqualTo(lease.renewed());
    assertThat(store.leases().find(LineId.MAIN)).isEmpty();
    assertThat(fsck().check((read, of) -> {}).findings()).isEmpty();

    Files.writeString(root().resolve("leases/pets.json"), "{}");
    assertThat(store.leases().find(PETS)).isEmpty();
    assertThat(fsck().check((read, of) -> {}).findings()).hasSize(1);
    store.leases().delete(PETS);
    assertThat(root().resolve("leases/pets.json")).doesNotExist();
  }

  private Path root() {
    return Path.of(URI.create(store.location().root()).getPath());
  }

  private Fsck fsck() {
    return new Fsck(
        store.location(),
        new Fsck.Settings(Duration.ofDays(1), Clock.systemUTC()),
        new FileChecks() {
          @Override
          public int parallelism() {
            return 1;
          }

          @Override
          public List<BrokenFile> run(StoreLocation location, List<Batch> batches) {
            return batches.stream().flatMap(batch -> batch.check(location).stream()).toList();
          }
        });
  }

  private RunRecord record(LineId line, Instant started, String task) {
    RunRecord run =
        new RunRecord(
            RunId.starting(started),
            line,
            started,
            started.plusSeconds(60),
            Ending.DONE,
            Optional.empty(),
            Optional.of(1),
            List.of(new TaskOutcome(new TaskId(task), Digest.of(task), "learned", List.of())),
            new TreeMap<>(),
            new TreeMap<>());
    store.runs().record(run);
    return run;
  }
}
