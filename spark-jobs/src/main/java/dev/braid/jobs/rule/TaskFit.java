package dev.braid.jobs.rule;

import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.statistics.CalibrationFit;
import dev.braid.inference.statistics.Cosines;
import dev.braid.inference.statistics.LinearDiscriminant;
import dev.braid.inference.statistics.Posterior;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.store.FeatureChunk;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.ObjectStore;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/** What a rule takes from the validation pictures of one task, added in the order of their rows. */
final class TaskFit implements Function<TaskFeatures, TaskFit.Fitted> {
  private final StoreLocation location;
  private final SortedMap<TaskId, Digest> statistics;
  private final AnswerRule answers;
  private transient @Nullable LinearDiscriminant discriminant;

  TaskFit(StoreLocation location, SortedMap<TaskId, Digest> statistics, AnswerRule answers) {
    this.location = location;
    this.statistics = new TreeMap<>(statistics);
    this.answers = answers;
  }

  /**
   * The result for a task.
   *
   * @param distances the relative distance of each picture
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fitted(double[] distances, Calibration calibration) implements Serializable {}

  @Override
  public Fitted call(TaskFeatures task) {
    ObjectStore objects = StoreCache.at(location).objects();
    float[][] classes = FeatureChunk.read(task.classes(), 0, objects).vectors();
    CalibrationFit fit = new CalibrationFit();
    DoubleStream.Builder distances = DoubleStream.builder();
    for (int chunk = 0; chunk < task.base().parts().size(); chunk++) {
      FeatureChunk base = FeatureChunk.read(task.base(), chunk, objects);
      FeatureChunk expert = FeatureChunk.read(task.expert(), chunk, objects);
      for (int row = 0; row < base.labels().length; row++) {
        Posterior posterior = discriminant().posterior(base.vectors()[row]);
        distances.add(posterior.relativeDistance());
        fit.add(
            Cosines.of(expert.vectors()[row], classes),
            posterior.logClasses(task.task()),
            base.labels()[row]);
      }
    }
    return new Fitted(distances.build().toArray(), fit.best(answers));
  }

  private LinearDiscriminant discriminant() {
    LinearDiscriminant known = discriminant;
    if (known == null) {
      known = StatisticsRouting.discriminant(StoreCache.at(location), statistics);
      discriminant = known;
    }
    return known;
  }
}
