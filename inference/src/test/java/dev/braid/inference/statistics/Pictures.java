package dev.braid.inference.statistics;

import dev.braid.model.TaskId;
import dev.braid.model.record.TaskStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The features of a task's training pictures, class by class. */
record Pictures(int dimension, List<List<double[]>> classes) {
  /** Unit features (as float32) around a drawn center for each class. */
  static Pictures drawn(Random random, int dimension, int[] counts) {
    return new Pictures(
        dimension,
        IntStream.of(counts)
            .mapToObj(
                count -> {
                  double[] center = random.doubles(dimension, -1, 1).toArray();
                  return IntStream.range(0, count)
                      .mapToObj(i -> wide(near(random, center)))
                      .toList();
                })
            .toList());
  }

  /** Tasks "task-0", "task-1", … with 1 to 4 classes of 0 to 9 pictures; two in the first class. */
  static Map<TaskId, Pictures> drawnTasks(long seed, int tasks, int dimension) {
    Random random = new Random(seed);
    Map<TaskId, Pictures> drawn = new TreeMap<>();
    for (int t = 0; t < tasks; t++) {
      int[] counts = random.ints(1 + random.nextInt(4), 0, 10).toArray();
      counts[0] += 2;
      drawn.put(new TaskId("task-" + t), drawn(random, dimension, counts));
    }
    return drawn;
  }

  /** The statistics of each task. */
  static Map<TaskId, TaskStatistics> statistics(Map<TaskId, Pictures> tasks) {
    Map<TaskId, TaskStatistics> statistics = new TreeMap<>();
    tasks.forEach((task, pictures) -> statistics.put(task, pictures.statistics()));
    return statistics;
  }

  /** A drawn unit feature. */
  static float[] feature(Random random, int dimension) {
    return near(random, new double[dimension]);
  }

  TaskStatistics statistics() {
    double[] products = new double[TaskStatistics.triangle(dimension)];
    List<double[]> sums = new ArrayList<>();
    for (List<double[]> pictures : classes) {
      double[] sum = new double[dimension];
      for (double[] f : pictures) {
        int next = 0;
        for (int i = 0; i < dimension; i++) {
          sum[i] += f[i];
          for (int j = i; j < dimension; j++) {
            products[next++] += f[i] * f[j];
          }
        }
      }
      sums.add(sum);
    }
    return new TaskStatistics(
        dimension,
        classes.stream().mapToLong(List::size).toArray(),
        sums.toArray(double[][]::new),
        products);
  }

  List<double[]> all() {
    return classes.stream().flatMap(List::stream).toList();
  }

  static double[] wide(float[] feature) {
    return IntStream.range(0, feature.length).mapToDouble(i -> feature[i]).toArray();
  }

  private static float[] near(Random random, double[] center) {
    double[] f = center.clone();
    double square = 0;
    for (int i = 0; i < f.length; i++) {
      f[i] += 0.3 * random.nextGaussian();
      square += f[i] * f[i];
    }
    float[] unit = new float[f.length];
    for (int i = 0; i < f.length; i++) {
      unit[i] = (float) (f[i] / Math.sqrt(square));
    }
    return unit;
  }
}
