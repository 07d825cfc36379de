package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The base, which learns nothing: what all others must not fall below. */
record ZeroShot() implements Strategy {
  @Override
  public String name() {
    return "zero-shot";
  }

  @Override
  public String source() {
    return "arXiv 2103.00020";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>();
  }

  @Override
  public StreamResult learn(StreamContext streamContext) {
    return StreamResult.of(
        IntStream.rangeClosed(1, streamContext.tasks().size())
            .mapToObj(
                count ->
                    new Classifier.SingleModel(
                        new WeightsRef.Base(), streamContext.evaluationSets(count)))
            .toList());
  }
}
