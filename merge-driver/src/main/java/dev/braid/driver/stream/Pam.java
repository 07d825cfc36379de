package dev.braid.driver.stream;

import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import dev.braid.merge.strategy.Interpolation;
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
record Pam(String name, Kind kind, double share, Reset reset, float weight) implements Strategy {
  @Override
  public String source() {
    return "PAM, arXiv 2506.03189";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "train", kind == Kind.FULL ? "full" : "lora",
            "share", Double.toString(share),
            "reset", reset.label(),
            "weight", Float.toString(weight)));
  }

  @Override
  public Learning learn(Lessons lessons) {
    List<Classifier> steps = new ArrayList<>();
    List<Learning.OfTask> found = new ArrayList<>();
    Optional<Digest> global = Optional.empty();
    for (StreamTask task : lessons.tasks()) {
      WeightsRef start =
          global
              .<WeightsRef>map(delta -> new WeightsRef.Tuned(lessons.space(kind), delta))
              .orElseGet(WeightsRef.Base::new);
      Alignment alignment =
          new Alignment(share, Alignment.usualSteps(task.settings(kind).steps()), reset);
      Digest tuned = lessons.train(name, kind, task, start, alignment);
      for (Conflicts each : lessons.alignments(kind, task, start, alignment).conflicts()) {
        found.add(new Learning.OfTask(task.task(), each));
      }
      Digest merged =
          global.isEmpty()
              ? tuned
              : lessons.blend(new Interpolation(weight), List.of(global.get(), tuned));
      global = Optional.of(merged);
      steps.add(lessons.one(kind, merged, steps.size() + 1));
    }
    return new Learning(steps, Optional.empty(), found);
  }
}
