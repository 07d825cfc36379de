package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.WeightsRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every expert as it was trained, all of them kept: what a merge can at most keep. */
record Individual() implements Strategy {
  @Override
  public String name() {
    return "individual";
  }

  @Override
  public String source() {
    return "an expert a task, none merged";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>();
  }

  @Override
  public StreamResult learn(StreamContext streamContext) {
    List<Expert> experts = new ArrayList<>();
    List<Classifier> steps = new ArrayList<>();
    for (StreamTask task : streamContext.tasks()) {
      WeightsRef weights =
          new WeightsRef.Tuned(streamContext.space(TrainKind.FULL), streamContext.expert(task));
      experts.add(new Expert(task.evaluationSet(), weights, task.prototypes()));
      steps.add(new Classifier.RoutedExperts(experts));
    }
    return StreamResult.of(steps);
  }
}
