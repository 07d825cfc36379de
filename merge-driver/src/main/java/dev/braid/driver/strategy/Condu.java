package dev.braid.driver.strategy;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.WeightsRef;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decouple and unify: each task is trained from the base; the model is one unified delta and a
 * trigger for each task (METHODS 2).
 */
record Condu(String name, TrainKind trainKind, MergeState mergeState, RescalerKind rescalerKind)
    implements LineStrategy {
  /** The strategy of a line with this model. */
  static Condu of(ModelRecord model) {
    return new Condu(
        ModelRecord.CONDU, TrainKind.of(model.space()), model.mergeState(), model.rescalerKind());
  }

  @Override
  public String source() {
    return mergeState == MergeState.DECOUPLED
        ? "ConDU, arXiv 2503.10705"
        : "ConDU's one-shot merge; EMR-Merging, arXiv 2405.17461";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(Map.of("truth", mergeState.label(), "rescaler", rescalerKind.label()));
  }

  @Override
  public Pace pace() {
    return Pace.AT_ONCE;
  }

  @Override
  public ModelRecord emptyModel(ParameterSpace space) {
    return new FixedLineSettings(ModelRecord.CONDU, Optional.empty(), mergeState, rescalerKind)
        .emptyModel(space);
  }

  @Override
  public WeightsRef start(ModelRecord head) {
    return new WeightsRef.Base();
  }

  @Override
  public Optional<Alignment> alignment(int steps) {
    return Optional.empty();
  }

  @Override
  public Candidate merge(MergeJobs jobs, ModelRecord head, TaskDraft task) {
    return jobs.unify().run(head, task);
  }
}
