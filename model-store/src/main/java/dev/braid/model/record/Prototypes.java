package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Per class of a task, one unit vector in the base's embedding space (METHODS 2.6). */
public final class Prototypes implements Serializable {
  private final TaskId task;
  private final List<String> classNames;
  private final int dimension;
  private final float[] vectors;

  /**
   * The prototypes of a task.
   *
   * @param vectors one after the other, in the order of the classes
   */
  public Prototypes(TaskId task, List<String> classNames, int dimension, float[] vectors) {
    Check.argument(dimension > 0, "Invalid dimension of prototypes: %s (positive)", dimension);
    Check.argument(
        vectors.length == Math.multiplyExact(classNames.size(), dimension),
        "Invalid prototypes of task %s: %s values (%s classes of %s)",
        task,
        vectors.length,
        classNames.size(),
        dimension);
    this.task = task;
    this.classNames = List.copyOf(classNames);
    this.dimension = dimension;
    this.vectors = vectors.clone();
    for (float value : vectors) {
      Check.argument(Float.isFinite(value), "Invalid prototypes of task %s: %s", task, value);
    }
  }

  public TaskId task() {
    return task;
  }

  public List<String> classNames() {
    return classNames;
  }

  /** The length of each vector. */
  public int dimension() {
    return dimension;
  }

  /** The vector of the class at this position in the list. */
  public float[] vector(int classIndex) {
    return Arrays.copyOfRange(vectors, classIndex * dimension, (classIndex + 1) * dimension);
  }

  /** All vectors one after the other, in the order of the classes. */
  public float[] vectors() {
    return vectors.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prototypes that
        && task.equals(that.task)
        && classNames.equals(that.classNames)
        && dimension == that.dimension
        && Arrays.equals(vectors, that.vectors);
  }

  @Override
  public int hashCode() {
    return 31 * classNames.hashCode() + Arrays.hashCode(vectors);
  }

  @Override
  public String toString() {
    return "prototypes of %s: %s classes".formatted(task, classNames.size());
  }
}
