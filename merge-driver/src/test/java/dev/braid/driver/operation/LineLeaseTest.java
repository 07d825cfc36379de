package dev.braid.driver.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.merging.MergeStore;
import dev.braid.driver.operation.RunOptions.Overlap;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.store.Leases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLeaseTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;
  private MergeStore store;
  private Leases leases;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final CountDownLatch speaks = new CountDownLatch(1);
  private final ProgressListener progress =
      new ProgressListener() {
        @Override
        public void say(String line) {
          said.add(line);
          speaks.countDown();
        }

        @Override
        public void training(String label, int step, int steps, float loss) {}
      };

  @BeforeEach
  void create() throws IOException {
    store = new MergeStore(folder.resolve("store"));
    leases = store.store.leases();
  }

  @Test
  void claim_ofAFreeLine_holdsItUntilClosed() {
    LineLease lease = claim(here(LONG), Overlap.REFUSED);

    assertThat(leases.find(LineId.MAIN)).isPresent();
    lease.close();
    assertThat(leases.find(LineId.MAIN)).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void claim_ofALineThatIsTaken_saysWhoHasIt() {
    LeaseRecord other = elsewhere(LONG);
    leases.write(other);

    assertThatThrownBy(() -> claim(here(LONG), Overlap.REFUSED))
        .isInstanceOf(LineBusyException.class)
        .hasMessageContaining("Cannot run line main: run " + other.run())
        .hasMessageContaining("of me on another, process 7");
    assertThat(leases.find(LineId.MAIN).orElseThrow().lease()).isEqualTo(other);
    claim(here(LONG), Overlap.ALLOWED).close();
    assertThat(said).singleElement().asString().contains("works on line main, too");
  }

  @Test
  void claim_ofAnotherLine_isFree() {
    LeaseRecord mine = here(LONG);
    leases.write(elsewhere(LONG));
    LeaseRecord pets =
        new LeaseRecord(
            new LineId("pets"), mine.run(), "me", mine.host(), 1, mine.since(), 0, LONG);

    claim(pets, Overlap.REFUSED).close();
  }

  @Test
  void claim_whenTheFilesClockJumps_neverWaitsForADeadHolder() {
    leases.write(elsewhere(LONG));

    LineLease later = claimAt(here(LONG), Instant.now().plus(Duration.ofMinutes(11)));
    later.close();
    leases.write(elsewhere(LONG));
    LineLease earlier = claimAt(here(LONG), Instant.now().minus(Duration.ofMinutes(11)));
    earlier.close();
    leases.write(elsewhere(LONG));
    assertThatThrownBy(() -> claimAt(here(LONG), Instant.now().minus(Duration.ofMinutes(9))))
        .isInstanceOf(LineBusyException.class);
  }

  @Test
  void claim_ofAHolderOnThisHostThatHasEnded_doesNotWait() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.waitFor()).isZero();
    leases.write(onThisHost(ended.pid()));
    claim(here(LONG), Overlap.REFUSED).close();
    // This process under another run's name: the one before in a container that was restarted.
    leases.write(onThisHost(ProcessHandle.current().pid()));
    claim(here(LONG), Overlap.REFUSED).close();
    leases.write(onThisHost(ProcessHandle.current().parent().orElseThrow().pid()));
    assertThatThrownBy(() -> claim(here(LONG), Overlap.REFUSED))
        .isInstanceOf(LineBusyException.class);
  }

  @Test
  void claim_thatWaits_getsTheLineWhenTheOtherEnds() throws Exception {
    LineLease first = claim(here(Duration.ofSeconds(1)), Overlap.REFUSED);
    FutureTask<LineLease> second =
        new FutureTask<>(() -> claim(here(Duration.ofSeconds(1)), Overlap.AWAITED));
    new Thread(second).start();
    assertThat(speaks.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.isDone()).isFalse();

    first.close();

    second.get(30, TimeUnit.SECONDS).close();
    assertThat(said).singleElement().asString().endsWith("waiting for its end");
  }

  @Test
  void claim_thatWaits_canBeCancelled() throws Exception {
    LineLease first = claim(here(LONG), Overlap.REFUSED);
    FutureTask<LineLease> second = new FutureTask<>(() -> claim(here(LONG), Overlap.AWAITED));
    Thread waiting = new Thread(second);
    waiting.start();
    assertThat(speaks.await(30, TimeUnit.SECONDS)).isTrue();

    waiting.interrupt();

    assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancellationException.class);
    first.close();
  }

  @Test
  void claim_whereTheFileCannotBeWritten_goesOn() throws IOException {
    Files.writeString(root().resolve("leases"), "in the way");

    claim(here(LONG), Overlap.REFUSED).close();

    assertThat(said).singleElement().asString().startsWith("going on without a lease on line main");
  }

  @Test
  void renewal_keepsALeaseAlive() throws Exception {
    LineLease first = claim(here(Duration.ofSeconds(1)), Overlap.REFUSED);
    long before = leases.find(LineId.MAIN).orElseThrow().lease().renewals();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (renewals() < before + 6 && System.nanoTime() < deadline) { // longer than its expiry
      Thread.onSpinWait();
    }

    assertThat(renewals()).isGreaterThanOrEqualTo(before + 6);
    assertThatThrownBy(() -> claim(here(LONG), Overlap.REFUSED))
        .isInstanceOf(LineBusyException.class);
    first.close();
  }

  private Path root() {
    return Path.of(URI.create(store.location.root()).getPath());
  }

  private long renewals() {
    return leases.find(LineId.MAIN).map(found -> found.lease().renewals()).orElse(0L);
  }

  private LineLease claim(LeaseRecord mine, Overlap overlap) {
    return LineLease.claim(leases, leases::now, mine, overlap, progress);
  }

  private LineLease claimAt(LeaseRecord mine, Instant now) {
    return LineLease.claim(leases, InstantSource.fixed(now), mine, Overlap.REFUSED, progress);
  }

  private static LeaseRecord here(Duration expiry) {
    return lease(Provenance.host(), ProcessHandle.current().pid(), expiry);
  }

  private static LeaseRecord elsewhere(Duration expiry) {
    return lease("another", 7, expiry);
  }

  private static LeaseRecord onThisHost(long process) {
    return lease(Provenance.host(), process, LONG);
  }

  private static LeaseRecord lease(String host, long process, Duration expiry) {
    Instant now = Instant.now();
    return new LeaseRecord(LineId.MAIN, RunId.starting(now), "me", host, process, now, 0, expiry);
  }
}
