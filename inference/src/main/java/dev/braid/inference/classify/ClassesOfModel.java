package dev.braid.inference.classify;

import dev.braid.inference.Classifier;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.model.record.RoutingRule;
import java.util.ArrayList;
import java.util.List;

/** A model, and classes of which it needs the weights to answer. */
public record ClassesOfModel(WeightsRef weights, LabelSpace.Task classes) {
  /** Finds what a classifier may need to answer over a label space. */
  record Finder(Classifier classifier, LabelSpace labelSpace, boolean isKnown) {
    List<ClassesOfModel> all() {
      Classifier asked = isKnown ? classifier.ofKnown(labelSpace.tested()) : classifier;
      if (asked instanceof Classifier.RoutedExperts model) {
        return model.rule() instanceof RoutingRule.Statistics ? byStatistics(model) : byAll(model);
      }
      return ofAllTasks(((Classifier.SingleModel) asked).weights());
    }

    /** An expert answers over its own classes where they are candidates. */
    private List<ClassesOfModel> byStatistics(Classifier.RoutedExperts model) {
      List<ClassesOfModel> found = new ArrayList<>();
      for (Classifier.Expert expert : model.experts()) {
        if (!isKnown || expert.evaluationSet().task().equals(labelSpace.tested())) {
          int task = labelSpace.indexFor(expert.evaluationSet().task());
          found.add(new ClassesOfModel(expert.weights(), labelSpace.tasks().get(task)));
        }
      }
      if (model.expert(labelSpace.tested()).isEmpty()) {
        found.addAll(ofAllTasks(new WeightsRef.Base()));
      }
      return found;
    }

    private List<ClassesOfModel> byAll(Classifier.RoutedExperts model) {
      List<ClassesOfModel> found = new ArrayList<>(ofAllTasks(new WeightsRef.Base()));
      model.experts().forEach(expert -> found.addAll(ofAllTasks(expert.weights())));
      return found;
    }

    private List<ClassesOfModel> ofAllTasks(WeightsRef weights) {
      return labelSpace.tasks().stream()
          .map(classes -> new ClassesOfModel(weights, classes))
          .toList();
    }
  }
}
