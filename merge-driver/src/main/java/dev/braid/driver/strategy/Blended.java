package dev.braid.driver.strategy;

import dev.braid.inference.Classifier;
import dev.braid.merge.blend.Blend;
import dev.braid.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One model whose delta is a blend of the deltas so far. */
record Blended(String name, String source, Blend blend, Over over) implements Strategy {
  /** The deltas that are blended. */
  enum Over {
    /** Those of the experts, each trained from the base. */
    EXPERTS,
    /** Those, after each task, of one model that is trained through the tasks. */
    SEQUENTIAL,
    /** Only the newest of these. */
    LAST_SEQUENTIAL
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "blend",
            blend.label(),
            "over",
            over.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  @Override
  public StreamResult learn(StreamContext context) {
    List<Digest> deltas =
        over == Over.EXPERTS
            ? context.tasks().stream().map(context::expert).toList()
            : context.sequential(TrainKind.FULL);
    List<Classifier> steps = new ArrayList<>();
    for (int count = 1; count <= deltas.size(); count++) {
      int first = over == Over.LAST_SEQUENTIAL ? count - 1 : 0;
      Digest blended = context.blend(blend, deltas.subList(first, count));
      steps.add(context.one(TrainKind.FULL, blended, count));
    }
    return StreamResult.of(steps);
  }
}
