package dev.braid.driver.operation;

import dev.braid.driver.operation.RunOptions.Overlap;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.store.Leases;
import dev.braid.store.Leases.Found;
import dev.braid.store.file.StoreAccessException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A run's claim to a line: a file that it renews while it works, so that others neither train the
 * same tasks nor wait for a run that is dead.
 */
public final class LineLease implements AutoCloseable {
  /*
   * Nothing depends on it for correctness: commits are exclusive, and a run whose lease cannot be
   * written, or is lost, goes on. Two runs that start in the same moment may both get it.
   *
   * No two clocks are compared. A lease is as old as the time that the file system gives for it is
   * behind the file system's time now. After a jump of that clock, in either direction, a lease
   * counts as abandoned until its holder renews it. A holder on this host whose process has ended is
   * not waited for at all.
   */
  private static final int RENEWALS_PER_EXPIRY = 4;
  private static final Set<RunId> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Leases leases;
  private final InstantSource filesClock;
  private final ProgressListener progress;
  private final Thread renewing;
  private LeaseRecord lease; // guarded by this
  private boolean isEnded; // guarded by this

  private LineLease(
      Leases leases, InstantSource filesClock, LeaseRecord lease, ProgressListener progress) {
    this.leases = leases;
    this.filesClock = filesClock;
    this.lease = lease;
    this.progress = progress;
    this.renewing = new Thread(this::renewUntilEnded, "braid-lease-" + lease.line());
    this.renewing.setDaemon(true);
  }

  /**
   * Claims a line.
   *
   * @param started by the driver's clock, for people
   * @param expiry how long after its last renewal it counts as abandoned
   * @throws LineBusyException if another run has it and overlap is refused
   * @throws CancellationException if the thread is interrupted while it waits; it stays interrupted
   */
  public static LineLease claim(
      Leases leases,
      LineId line,
      RunId run,
      Instant started,
      Duration expiry,
      Overlap overlap,
      ProgressListener progress) {
    LeaseRecord mine =
        new LeaseRecord(
            line,
            run,
            System.getProperty("user.name", "unknown"),
            Provenance.host(),
            ProcessHandle.current().pid(),
            started,
            0,
            expiry);
    LineLease lease = new LineLease(leases, leases::now, mine, progress);
    lease.begin(overlap);
    return lease;
  }

  /** Claims with another clock of the file system. */
  static LineLease claim(
      Leases leases,
      InstantSource filesClock,
      LeaseRecord mine,
      Overlap overlap,
      ProgressListener progress) {
    LineLease lease = new LineLease(leases, filesClock, mine, progress);
    lease.begin(overlap);
    return lease;
  }

  private void begin(Overlap overlap) {
    OF_THIS_PROCESS.add(lease.run());
    boolean isClaimed = false;
    try {
      awaitOthers(overlap);
      write();
      isClaimed = true;
    } catch (StoreAccessException e) {
      progress.say("going on without a lease on line %s: %s".formatted(lease.line(), words(e)));
      isClaimed = true;
    } finally {
      if (!isClaimed) {
        OF_THIS_PROCESS.remove(lease.run());
      }
    }
    renewing.start();
  }

  private void awaitOthers(Overlap overlap) {
    boolean isSaid = false;
    for (Optional<LeaseRecord> other = holder(); other.isPresent(); other = holder()) {
      if (overlap == Overlap.REFUSED) {
        throw new LineBusyException(other.get());
      }
      if (!isSaid) {
        progress.say(
            "%s works on line %s, too%s"
                .formatted(
                    other.get().holder(),
                    other.get().line(),
                    overlap == Overlap.AWAITED ? ": waiting for its end" : ""));
        isSaid = true;
      }
      if (overlap == Overlap.ALLOWED) {
        return;
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(interval().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "Cancelled the run, which waited for another one: its thread was interrupted");
    }
  }

  /** The run that works on the line now, if it is another one. */
  private Optional<LeaseRecord> holder() {
    LeaseRecord mine = lease();
    return leases
        .find(mine.line())
        .filter(found -> !found.lease().run().equals(mine.run()))
        .filter(found -> isAlive(found, mine))
        .map(Found::lease);
  }

  private boolean isAlive(Found found, LeaseRecord mine) {
    LeaseRecord other = found.lease();
    if (other.host().equals(mine.host())) {
      boolean isHere = other.process() == mine.process();
      boolean isEndedHere =
          isHere
              ? !OF_THIS_PROCESS.contains(other.run())
              : ProcessHandle.of(other.process()).isEmpty();
      if (isEndedHere) {
        return false;
      }
    }
    Duration age = Duration.between(found.written(), filesClock.instant()).abs();
    return age.compareTo(other.expiry()) <= 0;
  }

  private synchronized LeaseRecord lease() {
    return lease;
  }

  private Duration interval() {
    return lease().expiry().dividedBy(RENEWALS_PER_EXPIRY);
  }

  private synchronized void write() {
    if (!isEnded) {
      lease = lease.renewed();
      leases.write(lease);
    }
  }

  private void renewUntilEnded() {
    try {
      while (true) {
        Thread.sleep(interval().toMillis());
        if (!renewed()) {
          return;
        }
      }
    } catch (InterruptedException ended) { // by close
      return;
    }
  }

  /** False if another run has the lease now, which goes on as this one does. */
  private boolean renewed() {
    try {
      Optional<LeaseRecord> other = holder();
      if (other.isPresent()) {
        progress.say(
            "%s works on line %s, too".formatted(other.get().holder(), other.get().line()));
        return false;
      }
      write();
    } catch (RuntimeException ignored) { // the next renewal may succeed
      return true;
    }
    return true;
  }

  /** Gives the line back, if it is still this run's. */
  @Override
  public void close() {
    synchronized (this) {
      isEnded = true;
    }
    renewing.interrupt();
    OF_THIS_PROCESS.remove(lease().run());
    boolean wasInterrupted = Thread.interrupted(); // or the file would stay
    try {
      boolean isMine =
          leases
              .find(lease().line())
              .filter(found -> found.lease().run().equals(lease().run()))
              .isPresent();
      if (isMine) {
        leases.delete(lease().line());
      }
    } catch (RuntimeException ignored) { // it counts as abandoned soon
      return;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
