package dev.braid.jobs.rule;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.Threshold;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Features;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.RoutingRule.OfTask;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Finds the rule by which experts answer (METHODS 2.8): the statistics of their tasks, and from
 * validation pictures the threshold and each task's calibration. No test picture is read.
 */
public final class RuleJob {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final ModelStore store;
  private final DatasetRecords datasets;

  public RuleJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
    this.store = StoreCache.at(location);
    this.datasets = new DatasetRecords(store);
  }

  /** The same experts with the rule that the settings produce. */
  public Classifier.RoutedExperts answering(List<Expert> experts, RoutingSettings settings) {
    return new Classifier.RoutedExperts(experts, run(experts, settings));
  }

  /**
   * The rule. It has the same bits whatever the order of the experts.
   *
   * @param experts at least one
   * @throws IllegalArgumentException if the pictures of the tasks cannot be told apart
   */
  public RoutingRule run(List<Expert> experts, RoutingSettings settings) {
    if (settings instanceof RoutingSettings.Prototypes prototypes) {
      return prototypes.rule();
    }
    RoutingSettings.Statistics wanted = (RoutingSettings.Statistics) settings;
    StatisticsJob statisticsJob = new StatisticsJob(spark, location);
    SortedMap<TaskId, Digest> statistics = new TreeMap<>();
    SortedMap<TaskId, Expert> byName = new TreeMap<>();
    for (Expert expert : experts) {
      TaskId task = expert.evaluationSet().task();
      statistics.put(task, statisticsJob.run(expert.evaluationSet().dataset()));
      byName.put(task, expert);
    }
    // Refuses here what executors would only report as a failed task.
    var unused = StatisticsRouting.discriminant(store, statistics);
    List<TaskFeatures> features = features(List.copyOf(byName.values()), wanted.sample());
    List<TaskFit.Fitted> fitted =
        new Stage(spark, "rule of %s tasks%s".formatted(experts.size(), JobSubject.suffix(spark)))
            .map(
                features,
                Stage.TASKS_PER_CORE * spark.defaultParallelism(),
                new TaskFit(location, statistics, wanted.answers()));
    SortedMap<TaskId, OfTask> tasks = new TreeMap<>();
    for (int i = 0; i < features.size(); i++) {
      TaskId task = features.get(i).task();
      tasks.put(task, new OfTask(digest(statistics, task), fitted.get(i).calibration()));
    }
    double[] distances =
        fitted.stream().flatMapToDouble(each -> DoubleStream.of(each.distances())).toArray();
    return new RoutingRule.Statistics(
        wanted.answers(),
        wanted.experts(),
        wanted.sample(),
        Threshold.of(distances).value(),
        tasks);
  }

  private static Digest digest(SortedMap<TaskId, Digest> statistics, TaskId task) {
    return Objects.requireNonNull(statistics.get(task), "no statistics");
  }

  /** The validation features of each task: of the base, and of the task's own expert. */
  private List<TaskFeatures> features(List<Expert> experts, long sample) {
    List<EncodeRequest> requests = new ArrayList<>();
    for (Expert expert : experts) {
      requests.add(pictures(expert, new WeightsRef.Base(), sample));
      requests.add(pictures(expert, expert.weights(), sample));
      requests.add(classes(expert));
    }
    List<Features> found = new EncodeJob(spark, location).run(requests);
    List<TaskFeatures> features = new ArrayList<>();
    for (int i = 0; i < experts.size(); i++) {
      features.add(
          new TaskFeatures(
              experts.get(i).evaluationSet().task(),
              found.get(3 * i),
              found.get(3 * i + 1),
              found.get(3 * i + 2)));
    }
    return features;
  }

  private EncodeRequest pictures(Expert expert, WeightsRef weights, long sample) {
    Digest dataset = expert.evaluationSet().dataset();
    SplitChunks chunks = SplitChunks.of(datasets.get(dataset), Split.VALIDATION);
    return new EncodeRequest.Pictures(
        weights,
        dataset,
        Split.VALIDATION,
        chunks.numbers().stream().map(chunk -> chunks.sampled(chunk, sample)).toList());
  }

  private EncodeRequest classes(Expert expert) {
    DatasetRecord dataset = datasets.get(expert.evaluationSet().dataset());
    return EncodeRequest.ofClasses(
        expert.weights(),
        new LabelSpace.Task(
            expert.evaluationSet().task(),
            dataset.classNames(),
            expert.evaluationSet().templates()));
  }
}
