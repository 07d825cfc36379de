package dev.braid.bench.evaluate;

import dev.braid.bench.evaluate.EvaluateGrowth.Row;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Check;
import dev.braid.model.Split;
import dev.braid.model.figures.Score;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Evaluates every version of a line of T tasks on all T test sets, from made-up features.
 *
 * <p>A cell is one version on one set. A small line is evaluated first, so that the compiler is
 * warm.
 */
public final class EvaluateBench {
  private static final int WARM_UP = 5;

  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final int experts;
  private final Consumer<String> progress;

  /**
   * Creates a benchmark.
   *
   * @param location of a store that is created for each line and deleted
   * @param experts the number of experts that answer a picture, in addition to the base
   */
  public EvaluateBench(
      JavaSparkContext spark, StoreLocation location, int experts, Consumer<String> progress) {
    Check.argument(experts > 0, "Invalid experts: %s (at least 1)", experts);
    this.spark = spark;
    this.location = location;
    this.experts = experts;
    this.progress = progress;
  }

  /** Measures lines of these numbers of tasks. */
  public EvaluateGrowth measure(List<Integer> sizes) throws IOException {
    sizes.forEach(size -> Check.argument(size > 0, "Invalid tasks: %s (at least 1)", size));
    var unused = line(WARM_UP);
    List<Row> rows = new ArrayList<>();
    for (int size : sizes) {
      for (Row row : line(size)) {
        progress.accept(row.line());
        rows.add(row);
      }
    }
    return new EvaluateGrowth(experts, rows);
  }

  private List<Row> line(int tasks) throws IOException {
    try {
      MadeUpTasks made = MadeUpTasks.create(location, tasks, experts);
      List<Row> rows = new ArrayList<>();
      for (Protocol protocol : List.of(Protocol.OWN_LABELS, Protocol.UNION_LABELS)) {
        rows.add(row(made, protocol));
      }
      return rows;
    } finally {
      Folder.of(location.root(), location.options()).delete("");
    }
  }

  private Row row(MadeUpTasks made, Protocol protocol) {
    EvaluateJob job = new EvaluateJob(spark, location);
    EvaluationSpec spec = EvaluationSpec.of(protocol, Split.TEST);
    RoutingRule rule = new RoutingRule.Prototypes(experts, new EnsembleWeights.Mean());
    int tasks = made.sets().size();
    long correct = 0;
    long start = System.nanoTime();
    long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int version = 1; version <= tasks; version++) {
      correct +=
          job.run(made.version(version, rule), spec, made.sets()).stream()
              .mapToLong(Score::correct)
              .sum();
    }
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
    return new Row(protocol.label(), tasks, (System.nanoTime() - start) / 1e9, cpu / 1e9, correct);
  }
}
