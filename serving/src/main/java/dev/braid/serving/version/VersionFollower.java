package dev.braid.serving.version;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for new versions again and again, in a thread of its own. */
public final class VersionFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VersionFollower.class);
  private static final long CLOSING_SECONDS = 30;

  private final ServedLines lines;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "braid-serve-versions");
            created.setDaemon(true);
            return created;
          });

  private VersionFollower(ServedLines lines) {
    this.lines = lines;
  }

  /** Looks now and from then on. */
  public static VersionFollower start(ServedLines lines, Duration poll) {
    VersionFollower follower = new VersionFollower(lines);
    var unused =
        follower.thread.scheduleWithFixedDelay(
            follower::look, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
    return follower;
  }

  private void look() {
    try {
      lines.refresh();
    } catch (Throwable e) { // the next look must come
      LOG.warn("Cannot look for new versions ({})", e.getClass().getSimpleName());
      LOG.debug("Cannot look for new versions", e);
    }
  }

  /** Looks soon: a version that answers may be gone. */
  public void lookSoon() {
    if (isAsked.compareAndSet(false, true)) {
      try {
        thread.execute(
            () -> {
              isAsked.set(false);
              look();
            });
      } catch (RejectedExecutionException ignored) { // the server is closing
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
