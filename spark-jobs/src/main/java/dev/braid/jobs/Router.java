package dev.braid.jobs;

import dev.braid.jobs.Ballots.Ballot;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.ModelRecord.Learned;
import dev.braid.model.Prototypes;
import dev.braid.model.TaskId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Asks, for every picture of an unknown task, the base and the experts nearest to it. */
final class Router {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final Answering answering;
  private final EvaluateJob.Answerer.Routed model;

  Router(
      JavaSparkContext spark,
      StoreLocation location,
      Answering answering,
      EvaluateJob.Answerer.Routed model) {
    this.spark = spark;
    this.location = location;
    this.answering = answering;
    this.model = model;
  }

  /** Adds the ballots of a set; returns how many pictures its own task is nearest to. */
  long vote(Question question, SplitParts parts, int set, List<Ballot> ballots) {
    Features features =
        new EncodeJob(spark, location)
            .run(new WeightsRef.Base(), question.dataset(), answering.split());
    List<List<Routing.Choice>> choices =
        new Stage(spark, "route " + question.task())
            .map(parts.numbers(), new Route(location, features, prototypes(), parts, answering));
    long own = 0;
    for (int part : parts.numbers()) {
      List<Integer> rows = parts.sampled(part, answering.sample());
      own += choices.get(part).stream().filter(choice -> isOwn(choice, question)).count();
      ballots.addAll(ballots(set, part, features.parts().get(part), rows, choices.get(part)));
    }
    return own;
  }

  private boolean isOwn(Routing.Choice choice, Question question) {
    return choice.tasks().length > 0 && task(choice.tasks()[0]).equals(question.task());
  }

  private TaskId task(int number) {
    return model.record().tasks().get(number).task();
  }

  private List<Digest> prototypes() {
    ModelStore store = OpenStores.at(location);
    return model.record().tasks().stream()
        .map(Learned::record)
        .map(record -> store.records().task(record).prototypes())
        .toList();
  }

  /**
   * The base's ballot for all rows, then one for each expert that some row asks for.
   *
   * @param choices of each of the rows
   */
  private List<Ballot> ballots(
      int set, int part, Digest features, List<Integer> rows, List<Routing.Choice> choices) {
    List<Ballot> ballots = new ArrayList<>();
    List<Double> baseCounts = choices.stream().map(this::baseCount).toList();
    ballots.add(
        new Ballot(set, part, 0, new WeightsRef.Base(), List.of(features), rows, baseCounts));
    for (int task = 0; task < model.record().tasks().size(); task++) {
      List<Integer> asking = new ArrayList<>();
      List<Double> counts = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        int rank = rank(choices.get(i), task);
        if (rank >= 0) {
          asking.add(rows.get(i));
          counts.add(count(choices.get(i), rank));
        }
      }
      if (!asking.isEmpty()) {
        WeightsRef expert = new WeightsRef.Expert(model.model(), task(task));
        ballots.add(new Ballot(set, part, task + 1, expert, List.of(), asking, counts));
      }
    }
    return ballots;
  }

  private static int rank(Routing.Choice choice, int task) {
    return IntStream.range(0, choice.tasks().length)
        .filter(rank -> choice.tasks()[rank] == task)
        .findFirst()
        .orElse(-1);
  }

  private double count(Routing.Choice choice, int rank) {
    return answering.weighting().of(choice.similarities()[rank], choice.similarities()[0]);
  }

  /** That of the mean expert; where no expert counts, the base answers alone. */
  private double baseCount(Routing.Choice choice) {
    double mean =
        IntStream.range(0, choice.tasks().length)
            .mapToDouble(rank -> count(choice, rank))
            .average()
            .orElse(0);
    return mean > 0 ? mean : 1;
  }

  private record Route(
      StoreLocation location,
      Features features,
      List<Digest> prototypes,
      SplitParts parts,
      Answering answering)
      implements Function<Integer, List<Routing.Choice>> {
    @Override
    public List<Routing.Choice> call(Integer part) {
      List<Integer> rows = parts.sampled(part, answering.sample());
      ModelStore store = OpenStores.at(location);
      List<Prototypes> tasks = prototypes.stream().map(store.records()::prototypes).toList();
      Routing routing = new Routing(tasks, answering.experts());
      List<Routing.Choice> choices = new ArrayList<>();
      for (float[] picture : features.part(part, store.objects()).rows(rows).vectors()) {
        choices.add(routing.choose(picture));
      }
      return choices;
    }
  }
}
