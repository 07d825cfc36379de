package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import dev.braid.merge.blend.Interpolation;
import dev.braid.model.Digest;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import dev.braid.vlm.train.Conflicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Aligned model merging: each task is trained from the global adapter, held to its signs, and
 * averaged into it (METHODS 3).
 *
 * @param share of the global adapter's entries, the largest of each tensor, that are guarded
 * @param weight of the new adapter in the average
 */
record Pam(String name, TrainKind trainKind, double share, Reset reset, float weight)
    implements Strategy {
  @Override
  public String source() {
    return "PAM, arXiv 2506.03189";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "train", trainKind == TrainKind.FULL ? "full" : "lora",
            "share", Double.toString(share),
            "reset", reset.label(),
            "weight", Float.toString(weight)));
  }

  @Override
  public StreamResult learn(StreamContext streamContext) {
    List<Classifier> steps = new ArrayList<>();
    List<StreamResult.OfTask> found = new ArrayList<>();
    Optional<Digest> global = Optional.empty();
    for (StreamTask task : streamContext.tasks()) {
      WeightsRef start =
          global
              .<WeightsRef>map(delta -> new WeightsRef.Tuned(streamContext.space(trainKind), delta))
              .orElseGet(WeightsRef.Base::new);
      Alignment alignment =
          new Alignment(share, Alignment.usualSteps(task.settings(trainKind).steps()), reset);
      Digest tuned = streamContext.train(name, trainKind, task, start, alignment);
      for (Conflicts each :
          streamContext.alignments(trainKind, task, start, alignment).conflicts()) {
        found.add(new StreamResult.OfTask(task.task(), each));
      }
      Digest merged =
          global.isEmpty()
              ? tuned
              : streamContext.blend(new Interpolation(weight), List.of(global.get(), tuned));
      global = Optional.of(merged);
      steps.add(streamContext.one(trainKind, merged, steps.size() + 1));
    }
    return new StreamResult(steps, Optional.empty(), found);
  }
}
