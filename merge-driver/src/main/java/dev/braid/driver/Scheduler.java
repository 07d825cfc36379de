package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.record.InboxFile;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says what a line has still to learn, and in which order. */
final class Scheduler {
  private static final Comparator<Request> MERGE_ORDER =
      Comparator.comparingInt(Request::priority)
          .reversed()
          .thenComparingInt(request -> request.file().number());

  private Scheduler() {}

  /**
   * The files that the line has not decided about, in their order of arrival.
   *
   * @param decided digests of the files that its head took in or set aside
   */
  static List<InboxFile> undecided(Collection<InboxFile> inbox, Set<Digest> decided) {
    return inbox.stream()
        .filter(file -> !decided.contains(file.digest()))
        .sorted(Comparator.comparingInt(InboxFile::number))
        .toList();
  }

  /**
   * The requests as they are merged: the highest priority first, then the lowest inbox number. When
   * they finish training plays no part.
   */
  static List<Request> inMergeOrder(Collection<Request> requests) {
    return requests.stream().sorted(MERGE_ORDER).toList();
  }
}
