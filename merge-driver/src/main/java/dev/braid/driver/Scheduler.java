package dev.braid.driver;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says which files of the inbox a line has still to learn, and in which order. */
public final class Scheduler {
  private static final Comparator<Arrival> ORDER =
      Comparator.comparingInt(Arrival::priority).reversed().thenComparingInt(Arrival::number);

  private Scheduler() {}

  /**
   * One file of the inbox.
   *
   * @param number its place in the inbox
   * @param file digest of its bytes
   * @param priority the higher, the earlier it is merged
   */
  public record Arrival(int number, TaskId task, Digest file, int priority) {
    public Arrival {
      Check.argument(number > 0, "Invalid inbox number: %s (positive)", number);
    }
  }

  /**
   * The arrivals that are not decided yet, in merge order: the highest priority first, then the
   * lowest inbox number. When they finish training plays no part.
   *
   * @param decided digests of the files that the line's head took in or set aside
   */
  public static List<Arrival> pending(Collection<Arrival> inbox, Set<Digest> decided) {
    return inbox.stream()
        .filter(arrival -> !decided.contains(arrival.file()))
        .sorted(ORDER)
        .toList();
  }
}
