package dev.braid.driver;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Orders the waiting requests of a line. */
public final class Scheduler {
  static final Comparator<Request> MERGE_ORDER =
      Comparator.comparingInt(Request::priority)
          .reversed()
          .thenComparingInt(request -> request.file().number());

  private Scheduler() {}

  /**
   * The requests in the order of merging: the highest priority first, then the lowest inbox number.
   * The order does not depend on when trainings finish.
   */
  public static List<Request> inMergeOrder(Collection<Request> requests) {
    return requests.stream().sorted(MERGE_ORDER).toList();
  }
}
