package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One model that is fine-tuned through the tasks, one after the other: it forgets. */
record Sequential(String name, TrainKind trainKind) implements Strategy {
  @Override
  public String source() {
    return "fine-tuning, the usual lower bound";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>();
  }

  @Override
  public StreamResult learn(StreamContext streamContext) {
    List<Digest> deltas = streamContext.sequential(trainKind);
    List<Classifier> steps = new ArrayList<>();
    for (Digest delta : deltas) {
      steps.add(streamContext.one(trainKind, delta, steps.size() + 1));
    }
    return StreamResult.of(steps);
  }
}
