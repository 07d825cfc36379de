package dev.braid.inference;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.vlm.text.ClassNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The candidate classes of an image, task by task.
 *
 * <p>Names that are equal after trimming, case folding and replacing underscores by spaces are one
 * label (METHODS 5), even across tasks.
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

  /** The label of every class, in order; with only one task, all labels are distinct. */
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

  /** The index of the first class of the tested task. */
  public int offset() {
    return offset(indexOfTested());
  }

  /** The index of the first class of a task, given by its index. */
  public int offset(int task) {
    return tasks.subList(0, task).stream().mapToInt(each -> each.classNames().size()).sum();
  }

  /** The index of the tested task. */
  public int indexOfTested() {
    return find(tested).orElseThrow();
  }

  /**
   * The index of the task over whose classes the expert of a task answers (METHODS 2.8): its own
   * where they are candidates, otherwise those of the tested one.
   */
  public int indexFor(TaskId expert) {
    return find(expert).orElseGet(this::indexOfTested);
  }

  private OptionalInt find(TaskId wanted) {
    return IntStream.range(0, tasks.size())
        .filter(index -> tasks.get(index).task().equals(wanted))
        .findFirst();
  }

  /** The task of the class at this index. */
  public TaskId taskOf(int index) {
    return tasks.get(indexOfTask(index)).task();
  }

  /** The name of the class at this index. */
  public String className(int index) {
    int task = indexOfTask(index);
    return tasks.get(task).classNames().get(index - offset(task));
  }

  private int indexOfTask(int index) {
    int left = index;
    for (int task = 0; task < tasks.size(); task++) {
      int classes = tasks.get(task).classNames().size();
      if (left < classes) {
        return task;
      }
      left -= classes;
    }
    throw new IndexOutOfBoundsException("no candidate " + index);
  }
}
