package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures of one class that were answered as another one.
 *
 * @param className of the pictures
 * @param task whose class they were answered as
 * @param answer the name of that class
 * @param pictures their number, at least 1
 * @param first the number of the first of them in its split, counted from 0
 */
public record Confusion(String className, TaskId task, String answer, long pictures, long first)
    implements Serializable {
  /** The largest number of confusions that a score keeps: those of the most pictures. */
  public static final int KEPT = 10;

  /** The most pictures first; among equals the one that occurs first. */
  private static final Comparator<Confusion> MOST_FREQUENT =
      Comparator.comparingLong(Confusion::pictures)
          .reversed()
          .thenComparingLong(Confusion::first)
          .thenComparing(Confusion::className)
          .thenComparing(Confusion::task)
          .thenComparing(Confusion::answer);

  public Confusion {
    Check.argument(pictures >= 1, "Invalid confusion: of %s pictures (at least 1)", pictures);
    Check.argument(first >= 0, "Invalid confusion: first at picture %s (0 or more)", first);
  }

  /**
   * The {@link #KEPT} most frequent confusions of all the pictures together.
   *
   * @param ofParts all confusions of disjoint sets of pictures; those of the same classes are added
   */
  public static List<Confusion> mostFrequent(Collection<Confusion> ofParts) {
    Map<List<?>, Confusion> sums = new HashMap<>();
    ofParts.forEach(part -> sums.merge(part.key(), part, Confusion::plus));
    return sums.values().stream().sorted(MOST_FREQUENT).limit(KEPT).toList();
  }

  /** The two classes; confusions of the same two can be added. */
  List<?> key() {
    return List.of(className, task, answer);
  }

  private Confusion plus(Confusion other) {
    return new Confusion(
        className, task, answer, pictures + other.pictures, Math.min(first, other.first));
  }
}
