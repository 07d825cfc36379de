package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.merge.blend.Blend;
import dev.braid.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One model whose delta is blended of the deltas so far. */
record Blended(String name, String source, Blend blend, Over over) implements Strategy {
  /** Whose deltas they are. */
  enum Over {
    /** The experts', each trained from the base. */
    EXPERTS,
    /** Those, after every task, of a model that is trained through the tasks. */
    SEQUENTIAL,
    /** The newest of these alone. */
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
  public StreamResult learn(StreamContext streamContext) {
    List<Digest> deltas =
        over == Over.EXPERTS
            ? streamContext.tasks().stream().map(streamContext::expert).toList()
            : streamContext.sequential(TrainKind.FULL);
    List<Classifier> steps = new ArrayList<>();
    for (int count = 1; count <= deltas.size(); count++) {
      int first = over == Over.LAST_SEQUENTIAL ? count - 1 : 0;
      Digest blended = streamContext.blend(blend, deltas.subList(first, count));
      steps.add(streamContext.one(TrainKind.FULL, blended, count));
    }
    return StreamResult.of(steps);
  }
}
