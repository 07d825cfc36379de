package dev.braid.driver;

import dev.braid.driver.Line.Head;
import dev.braid.driver.Prepared.Trained;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stage that merges a trained task into the head's model. */
final class Merge {
  private final MergeJob job;
  private final MergeHealth.Limits limits;

  Merge(MergeJob job, MergeHealth.Limits limits) {
    this.job = job;
    this.limits = limits;
  }

  /**
   * The candidate.
   *
   * @throws RefusedDeltaException if the delta cannot be merged
   */
  Candidate run(Head head, Trained task) {
    return job.run(head.model(), newTask(task));
  }

  /** What an operator must hear about the candidate that did not hold at the head already. */
  List<String> alarms(Head head, Candidate candidate) {
    return candidate.health().alarmsSince(job.health(head.model()), limits);
  }

  private static NewTask newTask(Trained task) {
    Request request = task.request();
    return new NewTask(
        request.task(),
        task.content().classNames(),
        request.templates(),
        task.dataset(),
        task.delta(),
        task.prototypes(),
        settings(request.training()),
        request.training().seed());
  }

  /** The settings by the names they have in reference.conf. */
  private static SortedMap<String, String> settings(TrainSettings training) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("batch", Integer.toString(training.batch()));
    training.ownMicroBatch().ifPresent(n -> settings.put("micro-batch", n.toString()));
    training.ownCompute().ifPresent(numbers -> settings.put("compute", numbers.toString()));
    settings.put("steps", Integer.toString(training.steps()));
    settings.put("warm-up", Integer.toString(training.warmup()));
    settings.put("learning-rate", Double.toString(training.learningRate()));
    settings.put("label-smoothing", Double.toString(training.labelSmoothing()));
    settings.put("beta1", Double.toString(training.beta1()));
    settings.put("beta2", Double.toString(training.beta2()));
    settings.put("epsilon", Double.toString(training.epsilon()));
    settings.put("weight-decay", Double.toString(training.weightDecay()));
    return settings;
  }
}
