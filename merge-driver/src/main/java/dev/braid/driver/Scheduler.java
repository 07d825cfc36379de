package dev.braid.driver;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says in which order a line learns what waits. */
public final class Scheduler {
  private static final Comparator<Request> MERGE_ORDER =
      Comparator.comparingInt(Request::priority)
          .reversed()
          .thenComparingInt(request -> request.file().number());

  private Scheduler() {}

  /**
   * The requests as they are merged: the highest priority first, then the lowest inbox number. When
   * they finish training plays no part.
   */
  public static List<Request> inMergeOrder(Collection<Request> requests) {
    return requests.stream().sorted(MERGE_ORDER).toList();
  }
}
