package dev.braid.driver.strategy;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.PamSettings;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.WeightsRef;
import dev.braid.model.ParameterSpace;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Aligned model merging: each task is trained from the one model so far, held to its signs, and
 * averaged into it (METHODS 3).
 */
record Pam(String name, TrainKind trainKind, PamSettings pam) implements LineStrategy {
  /** The strategy of a line with this model. */
  static Pam of(ModelRecord model) {
    return new Pam(ModelRecord.PAM, TrainKind.of(model.space()), PamSettings.of(model.settings()));
  }

  @Override
  public String source() {
    return "PAM, arXiv 2506.03189";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "train", trainKind == TrainKind.FULL ? FixedLineSettings.FULL : FixedLineSettings.LORA,
            "share", Double.toString(pam.share()),
            "reset", pam.reset().label(),
            "weight", Float.toString(pam.weight())));
  }

  @Override
  public Pace pace() {
    return Pace.IN_TURN;
  }

  @Override
  public ModelRecord emptyModel(ParameterSpace space) {
    return FixedLineSettings.pam(Optional.empty(), pam).emptyModel(space);
  }

  @Override
  public WeightsRef start(ModelRecord head) {
    return WeightsRef.ofAll(head);
  }

  @Override
  public Optional<Alignment> alignment(int steps) {
    return Optional.of(pam.alignment(steps));
  }

  @Override
  public Candidate merge(MergeJobs jobs, ModelRecord head, TaskDraft task) {
    return jobs.average().run(head, task, pam.weight());
  }
}
