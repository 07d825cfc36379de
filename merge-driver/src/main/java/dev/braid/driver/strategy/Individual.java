package dev.braid.driver.strategy;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.WeightsRef;
import dev.braid.model.record.RoutingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All experts, unmerged: the upper bound of what a merge can preserve. */
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
  public StreamResult learn(StreamContext context) {
    List<Expert> experts = new ArrayList<>();
    List<Classifier> steps = new ArrayList<>();
    for (StreamTask task : context.tasks()) {
      WeightsRef weights =
          new WeightsRef.Tuned(context.space(TrainKind.FULL), context.expert(task));
      experts.add(new Expert(task.evaluationSet(), weights, task.prototypes()));
      steps.add(new Classifier.RoutedExperts(experts, RoutingRule.OF_OLD_VERSIONS));
    }
    return StreamResult.of(steps);
  }
}
