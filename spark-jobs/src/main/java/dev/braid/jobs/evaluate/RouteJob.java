package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.ExpertChooser;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.Features;
import dev.braid.model.record.Prototypes;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Chooses the nearest experts for every picture of an unknown task. */
final class RouteJob {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final Classifier.RoutedExperts model;
  private final int experts;

  RouteJob(
      JavaSparkContext spark, StoreLocation location, Classifier.RoutedExperts model, int experts) {
    this.spark = spark;
    this.location = location;
    this.model = model;
    this.experts = experts;
  }

  /**
   * The choices for the pictures of each set, chunk by chunk.
   *
   * @param sets the base's features of their pictures
   */
  List<List<List<ExpertChooser.Choice>>> choose(List<Features> sets) {
    List<Digest> chunks = sets.stream().flatMap(set -> set.parts().stream()).toList();
    List<List<ExpertChooser.Choice>> chosen =
        chunks.isEmpty()
            ? List.of()
            : new Stage(spark, "route")
                .map(
                    chunks,
                    new Route(
                        location,
                        sets.get(0).dimension(),
                        model.experts().stream().map(Classifier.Expert::prototypes).toList(),
                        experts));
    List<List<List<ExpertChooser.Choice>>> bySet = new ArrayList<>();
    int next = 0;
    for (Features set : sets) {
      bySet.add(chosen.subList(next, next + set.parts().size()));
      next += set.parts().size();
    }
    return bySet;
  }

  private record Route(StoreLocation location, int dimension, List<Digest> prototypes, int experts)
      implements Function<Digest, List<ExpertChooser.Choice>> {
    @Override
    public List<ExpertChooser.Choice> call(Digest chunk) {
      ModelStore store = StoreCache.at(location);
      List<Prototypes> tasks = prototypes.stream().map(store.records()::prototypes).toList();
      ExpertChooser expertChooser = new ExpertChooser(tasks, experts);
      List<ExpertChooser.Choice> choices = new ArrayList<>();
      for (float[] picture : FeatureChunk.read(chunk, dimension, store.objects()).vectors()) {
        choices.add(expertChooser.choose(picture));
      }
      return choices;
    }
  }
}
