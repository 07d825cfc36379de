package dev.braid.inference;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.vlm.text.ClassNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The classes that a picture may be taken for: those of one task after the other.
 *
 * <p>Names that are equal after trimming, case folding and underscore to blank are one label
 * (METHODS 5), whichever task they are of.
 */
public record LabelSpace(TaskId tested, List<Task> tasks) implements Serializable {
  /** A task's classes. */
  public record Task(TaskId task, List<String> classNames, List<String> templates)
      implements Serializable {}

  public LabelSpace {
    tasks = List.copyOf(tasks);
    Check.argument(
        tasks.stream().filter(task -> task.task().equals(tested)).count() == 1,
        "Invalid candidates: %s is not one of the tasks",
        tested);
  }

  /** The number of classes. */
  public int count() {
    return tasks.stream().mapToInt(task -> task.classNames().size()).sum();
  }

  /** The label of every class, class after class; of one task alone, each is its own. */
  public int[] labels() {
    if (tasks.size() == 1) {
      return IntStream.range(0, count()).toArray();
    }
    Map<String, Integer> known = new HashMap<>();
    List<Integer> labels = new ArrayList<>();
    for (Task task : tasks) {
      for (String name : task.classNames()) {
        labels.add(known.computeIfAbsent(ClassNames.label(name), missing -> known.size()));
      }
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The place of the tested set's first class. */
  public int offset() {
    return tasks.stream()
        .takeWhile(task -> !task.task().equals(tested))
        .mapToInt(task -> task.classNames().size())
        .sum();
  }

  /** Whose class it is that has this place. */
  public TaskId taskOf(int place) {
    int left = place;
    for (Task task : tasks) {
      if (left < task.classNames().size()) {
        return task.task();
      }
      left -= task.classNames().size();
    }
    throw new IndexOutOfBoundsException("no candidate " + place);
  }
}
