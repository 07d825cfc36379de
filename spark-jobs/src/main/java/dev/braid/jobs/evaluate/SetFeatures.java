package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.jobs.evaluate.SetEvaluation.Classes;
import dev.braid.jobs.evaluate.SetEvaluation.Lacking;
import dev.braid.model.Split;
import dev.braid.model.record.Features;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up the stored features that the evaluation of a set needs, and notes the missing ones. */
final class SetFeatures {
  private final StoredFeatures features;
  private final EvaluationUnit set;
  private final Split split;
  private final List<EncodeRequest.Pictures> missingPictures = new ArrayList<>();
  private final Map<WeightsRef, BitSet> missingClasses = new LinkedHashMap<>();

  SetFeatures(StoredFeatures features, EvaluationUnit set, Split split) {
    this.features = features;
    this.set = set;
    this.split = split;
  }

  /** A model's features of pictures of the set. */
  Optional<Features> pictures(WeightsRef weights, List<List<Integer>> rows) {
    EncodeRequest.Pictures request =
        new EncodeRequest.Pictures(weights, set.evaluationSet().dataset(), split, rows);
    Optional<Features> found = features.find(request);
    if (found.isEmpty()) {
      missingPictures.add(request);
    }
    return found;
  }

  /**
   * A model's features of the classes of a task.
   *
   * @param task its index in the label space
   */
  Optional<Features> classes(WeightsRef weights, int task) {
    LabelSpace.Task candidates = set.labelSpace().tasks().get(task);
    Optional<Features> found = features.find(EncodeRequest.ofClasses(weights, candidates));
    if (found.isEmpty()) {
      missingClasses.computeIfAbsent(weights, missing -> new BitSet()).set(task);
    }
    return found;
  }

  boolean isComplete() {
    return missingPictures.isEmpty() && missingClasses.isEmpty();
  }

  Lacking lacking() {
    return new Lacking(
        missingPictures,
        missingClasses.entrySet().stream()
            .map(each -> new Classes(each.getKey(), each.getValue()))
            .toList());
  }
}
