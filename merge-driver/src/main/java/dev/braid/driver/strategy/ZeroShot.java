package dev.braid.driver.strategy;

import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The base, which learns nothing: the lower bound of all strategies. */
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
  public StreamResult learn(StreamContext context) {
    return StreamResult.of(
        IntStream.rangeClosed(1, context.tasks().size())
            .mapToObj(
                count ->
                    new Classifier.SingleModel(
                        new WeightsRef.Base(), context.evaluationSets(count)))
            .toList());
  }
}
