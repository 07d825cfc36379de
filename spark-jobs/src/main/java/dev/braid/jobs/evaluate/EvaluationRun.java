package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EnsembleMember;
import dev.braid.inference.ExpertChooser.Choice;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.evaluate.LogitCounting.ModelLogits;
import dev.braid.jobs.evaluate.LogitCounting.ScoringUnit;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Features;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Evaluates sets of pictures: routes the pictures, encodes them with the models that answer them,
 * and counts the correct answers.
 *
 * <p>The features of pictures and class names are stored, so a run with other ensemble weights
 * needs no forward pass, nor does a protocol under which the same models answer the same pictures.
 */
final class EvaluationRun {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final EvaluationSpec evaluationSpec;
  private final EncodeJob encode;

  EvaluationRun(JavaSparkContext spark, StoreLocation location, EvaluationSpec evaluationSpec) {
    this.spark = spark;
    this.location = location;
    this.evaluationSpec = evaluationSpec;
    this.encode = new EncodeJob(spark, location);
  }

  /** The scores in the order of the sets. */
  List<Score> run(List<EvaluationUnit> sets) {
    List<List<List<Integer>>> rows = sets.stream().map(this::sampled).toList();
    List<List<List<Choice>>> choices = choices(sets, rows);
    List<List<EnsembleMember>> members =
        IntStream.range(0, sets.size())
            .mapToObj(i -> members(sets.get(i), rows.get(i), choices.get(i)))
            .toList();
    List<Score> counted = count(sets, members);
    return IntStream.range(0, sets.size())
        .mapToObj(
            i ->
                sets.get(i).alone().isPresent()
                    ? counted.get(i).unrouted()
                    : counted
                        .get(i)
                        .routed(
                            sets.get(i).evaluationSet().task(),
                            nearest(sets.get(i), choices.get(i))))
        .toList();
  }

  /** The offsets of the sampled pictures of a set, chunk by chunk. */
  private List<List<Integer>> sampled(EvaluationUnit set) {
    SplitChunks chunks = SplitChunks.of(set.dataset(), evaluationSpec.split());
    return chunks.numbers().stream()
        .map(chunk -> chunks.sampled(chunk, evaluationSpec.sample()))
        .toList();
  }

  /** The routing choices for the pictures of each set; none if one model answers alone. */
  private List<List<List<Choice>>> choices(
      List<EvaluationUnit> sets, List<List<List<Integer>>> rows) {
    List<Integer> routed =
        IntStream.range(0, sets.size()).filter(i -> sets.get(i).alone().isEmpty()).boxed().toList();
    List<List<List<Choice>>> choices = new ArrayList<>();
    sets.forEach(set -> choices.add(List.of()));
    if (!routed.isEmpty()) {
      List<Features> base =
          encode.run(
              routed.stream()
                  .map(i -> pictures(sets.get(i), new WeightsRef.Base(), rows.get(i)))
                  .toList());
      Classifier.RoutedExperts model =
          new Classifier.RoutedExperts(sets.get(routed.get(0)).experts());
      List<List<List<Choice>>> chosen =
          new RouteJob(spark, location, model, evaluationSpec.routing().experts()).choose(base);
      for (int i = 0; i < routed.size(); i++) {
        choices.set(routed.get(i), chosen.get(i));
      }
    }
    return choices;
  }

  private List<EnsembleMember> members(
      EvaluationUnit set, List<List<Integer>> rows, List<List<Choice>> choices) {
    return set.alone()
        .map(weights -> EnsembleMember.alone(weights, rows))
        .orElseGet(
            () ->
                EnsembleMember.routed(
                    new Classifier.RoutedExperts(set.experts()),
                    evaluationSpec.routing().weights(),
                    rows,
                    choices));
  }

  private static SortedMap<TaskId, Long> nearest(EvaluationUnit set, List<List<Choice>> choices) {
    SortedMap<TaskId, Long> nearest = new TreeMap<>();
    choices.stream()
        .flatMap(List::stream)
        .filter(choice -> choice.tasks().length > 0)
        .map(choice -> set.experts().get(choice.tasks()[0]).evaluationSet().task())
        .forEach(task -> nearest.merge(task, 1L, Long::sum));
    return nearest;
  }

  private EncodeRequest pictures(EvaluationUnit set, WeightsRef weights, List<List<Integer>> rows) {
    return new EncodeRequest.Pictures(
        weights, set.evaluationSet().dataset(), evaluationSpec.split(), rows);
  }

  private static List<EncodeRequest> classes(EvaluationUnit set, WeightsRef weights) {
    return set.labelSpace().tasks().stream()
        .<EncodeRequest>map(
            task -> new EncodeRequest.ClassNames(weights, task.classNames(), task.templates()))
        .toList();
  }

  /** One stage encodes for all sets, so that a model is loaded once; another counts. */
  private List<Score> count(List<EvaluationUnit> sets, List<List<EnsembleMember>> members) {
    List<EncodeRequest> requests = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      for (EnsembleMember ensembleMember : members.get(i)) {
        requests.add(pictures(sets.get(i), ensembleMember.weights(), ensembleMember.rows()));
        requests.addAll(classes(sets.get(i), ensembleMember.weights()));
      }
    }
    Iterator<Features> encoded = encode.run(requests).iterator();
    List<ScoringUnit> scoringUnits = new ArrayList<>();
    List<Integer> setOf = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      LabelSpace labelSpace = sets.get(i).labelSpace();
      List<Answers> answers = new ArrayList<>();
      for (EnsembleMember ensembleMember : members.get(i)) {
        answers.add(
            new Answers(ensembleMember, encoded.next(), next(encoded, labelSpace.tasks().size())));
      }
      for (ScoringUnit scoringUnit : scoringUnits(labelSpace, answers)) {
        scoringUnits.add(scoringUnit);
        setOf.add(i);
      }
    }
    SortedMap<Integer, Score> scores = new TreeMap<>();
    List<Score> counted = new LogitCounting(spark, location).count(scoringUnits);
    for (int i = 0; i < counted.size(); i++) {
      scores.merge(setOf.get(i), counted.get(i), Score::plus);
    }
    return List.copyOf(scores.values());
  }

  /** The features of one model: its pictures, and the classes of every task. */
  private record Answers(EnsembleMember ensembleMember, Features pictures, List<Features> classes) {
    private ModelLogits logits(int chunk) {
      return new ModelLogits(
          pictures.parts().get(chunk),
          classes.stream().map(task -> task.parts().get(0)).toList(),
          ensembleMember.rows().get(chunk),
          ensembleMember.counts().get(chunk));
    }
  }

  private static List<Features> next(Iterator<Features> encoded, int count) {
    return Stream.generate(encoded::next).limit(count).toList();
  }

  /** One unit for each chunk with sampled pictures. */
  private static List<ScoringUnit> scoringUnits(LabelSpace labelSpace, List<Answers> answers) {
    Answers first = answers.get(0);
    return IntStream.range(0, first.ensembleMember().rows().size())
        .filter(chunk -> !first.ensembleMember().rows().get(chunk).isEmpty())
        .mapToObj(
            chunk ->
                new ScoringUnit(
                    labelSpace,
                    first.pictures().dimension(),
                    answers.stream()
                        .filter(answer -> !answer.ensembleMember().rows().get(chunk).isEmpty())
                        .map(answer -> answer.logits(chunk))
                        .toList()))
        .toList();
  }
}
