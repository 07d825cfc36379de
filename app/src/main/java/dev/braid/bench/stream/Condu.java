package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.model.Digest;
import dev.braid.model.Rescaler;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decouple and unify: one unified delta, and a trigger a task (METHODS 2). */
record Condu(String name, MergeState mergeState, Rescaler rescaler) implements Strategy {
  @Override
  public String source() {
    return mergeState == MergeState.DECOUPLED
        ? "ConDU, arXiv 2503.10705"
        : "ConDU's one-shot merge; EMR-Merging, arXiv 2405.17461";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(Map.of("truth", mergeState.label(), "rescaler", rescaler.label()));
  }

  @Override
  public StreamResult learn(StreamContext streamContext) {
    ModelRecord model = streamContext.emptyModel(mergeState, rescaler);
    List<Classifier> steps = new ArrayList<>();
    for (StreamTask task : streamContext.tasks()) {
      model = streamContext.merge(model, task);
      steps.add(streamContext.classifier(model));
    }
    Digest last = streamContext.digest(model);
    return new StreamResult(steps, Optional.of(last), List.of());
  }
}
