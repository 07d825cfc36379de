package dev.braid.serving.version;

import dev.braid.inference.classify.BraidModel;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.serving.metrics.ServerMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of each line that answers now.
 *
 * <p>A new head is opened beside the version that answers, loaded, and tried on a drawn picture.
 * Only then it takes over, for requests that begin afterwards. If that fails, the version that
 * answers goes on, and the next look tries again.
 */
public final class ServedLines {
  private static final Logger LOG = LoggerFactory.getLogger(ServedLines.class);

  /** Versions that clients asked for besides those that answer. */
  private static final int OTHERS = 4;

  private record Key(LineId line, int number) {}

  private final BraidModel model;
  private final Following following;
  private final ServerMetrics metrics;
  private final Map<LineId, ServedVersion> current = new ConcurrentHashMap<>();
  private final Map<LineId, Integer> failing = new ConcurrentHashMap<>();
  private final Map<Key, ServedVersion> others =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) { // guarded by itself
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ServedVersion> eldest) {
          return size() > OTHERS;
        }
      };
  private volatile boolean isReadable;
  private volatile boolean wasReadable = true;

  /** Lines of which none has a version yet. */
  public ServedLines(BraidModel model, Following following, ServerMetrics metrics) {
    this.model = model;
    this.following = following;
    this.metrics = metrics;
  }

  /** Whether the store could be read, and a line answers. */
  public boolean isReady() {
    return isReadable && !current.isEmpty();
  }

  /** Whether a line answers. */
  public boolean isReady(LineId line) {
    return isReadable && current.containsKey(line);
  }

  /** The versions that answer now, by line. */
  public SortedMap<LineId, ServedVersion> current() {
    return new TreeMap<>(current);
  }

  /** Whether a line answers with one version whatever its head is. */
  public boolean isPinned(LineId line) {
    return following.pins().containsKey(line);
  }

  /** The version of a line that answers now. */
  public Optional<ServedVersion> current(LineId line) {
    return Optional.ofNullable(current.get(line));
  }

  /**
   * A version of a line.
   *
   * @throws IllegalArgumentException if the line has no such version, or it is being deleted
   */
  public ServedVersion version(LineId line, int number) {
    ServedVersion now = current.get(line);
    if (now != null && now.number() == number) {
      return now;
    }
    synchronized (others) {
      ServedVersion known = others.get(new Key(line, number));
      if (known == null) {
        known = new ServedVersion(line, model.version(line, number));
        others.put(new Key(line, number), known);
      }
      return known;
    }
  }

  /** Looks for new versions; returns at once if there is none. */
  public synchronized void refresh() {
    boolean readable = model.isReadable();
    for (LineId line : readable ? lines() : new TreeSet<LineId>()) {
      readable &= refresh(line);
    }
    if (readable != wasReadable) {
      LOG.warn(readable ? "The store can be read again" : "Cannot read the store now");
    }
    wasReadable = readable;
    isReadable = readable;
  }

  private SortedSet<LineId> lines() {
    SortedSet<LineId> lines = new TreeSet<>(following.pins().keySet());
    try {
      lines.addAll(model.lines());
    } catch (RuntimeException e) {
      LOG.debug("Cannot list the lines", e);
    }
    return lines;
  }

  /** Whether the head of the line could be read. */
  private boolean refresh(LineId line) {
    Optional<Version> wanted;
    try {
      Integer pinned = following.pins().get(line);
      wanted = pinned == null ? model.newest(line) : model.find(line, pinned);
    } catch (RuntimeException e) {
      LOG.debug("Cannot read the head of line {}", line, e);
      return false;
    }
    wanted.filter(version -> !isCurrent(line, version)).ifPresent(version -> take(line, version));
    return true;
  }

  private boolean isCurrent(LineId line, Version version) {
    ServedVersion now = current.get(line);
    return now != null && now.number() == version.number() && now.digest().equals(version.model());
  }

  private void take(LineId line, Version version) {
    try {
      ServedVersion next =
          new ServedVersion(line, model.version(version.number(), version.model()));
      next.tryOut(following.openExperts());
      current.put(line, next); // the one atomic step
      metrics.switched(line.name(), next.number());
      failing.remove(line);
      LOG.info("Line {} answers with version {}", line, next.number());
    } catch (RuntimeException | OutOfMemoryError e) {
      metrics.failed(line.name());
      Integer before = failing.put(line, version.number());
      if (before == null || before != version.number()) {
        LOG.warn(
            "Cannot open version {} of line {} ({}); {}",
            version.number(),
            line,
            e.getClass().getSimpleName(),
            current(line)
                .map(now -> "version " + now.number() + " answers")
                .orElse("none answers"));
      }
      LOG.debug("Cannot open version {} of line {}", version.number(), line, e);
    }
  }
}
