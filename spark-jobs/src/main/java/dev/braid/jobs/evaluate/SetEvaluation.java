package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EnsembleMember;
import dev.braid.inference.ExpertChooser;
import dev.braid.inference.ExpertChooser.Choice;
import dev.braid.inference.LogitScale;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.jobs.evaluate.LogitCounting.ModelLogits;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Features;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evaluates sets of pictures from stored features: routes the pictures and counts the correct
 * answers.
 *
 * <p>One thread uses it for several sets, so that prototypes, records and receipts that the sets
 * share are read once.
 */
final class SetEvaluation {
  /** A score, or what is missing for it. */
  sealed interface Result extends Serializable {}

  record Counted(Score score) implements Result {}

  /**
   * Features that are not in the store; they may not be all that the set needs.
   *
   * @param classes at most one entry for each model
   */
  record Lacking(List<EncodeRequest.Pictures> pictures, List<Classes> classes) implements Result {
    Lacking {
      pictures = List.copyOf(pictures);
      classes = List.copyOf(classes);
    }
  }

  /**
   * The tasks whose classes a model has not encoded, without their names: the driver has those.
   *
   * @param tasks their indices in the label space of the set
   */
  record Classes(WeightsRef weights, BitSet tasks) implements Serializable {}

  private final ModelStore store;
  private final EvaluationSpec evaluationSpec;
  private final StoredFeatures features;
  private final float logitScale;
  private final StatisticsEvaluation byStatistics;
  private final Map<List<Digest>, ExpertChooser> choosers = new HashMap<>();

  SetEvaluation(ModelStore store, EvaluationSpec evaluationSpec) {
    this.store = store;
    this.evaluationSpec = evaluationSpec;
    DatasetRecords datasets = new DatasetRecords(store);
    this.features = new StoredFeatures(store, datasets);
    this.logitScale = LogitScale.of(store);
    this.byStatistics = new StatisticsEvaluation(store, evaluationSpec, features, datasets);
  }

  /** The score of a set, or the requests for missing features. */
  Result of(EvaluationUnit set) {
    List<List<Integer>> rows = sampled(set);
    if (set.classifier() instanceof Classifier.SingleModel alone) {
      return alone(set, alone.weights(), rows);
    }
    Classifier.RoutedExperts model = (Classifier.RoutedExperts) set.classifier();
    return model.rule() instanceof RoutingRule.Statistics statistics
        ? byStatistics.of(set, model, statistics, rows)
        : routed(set, model, (RoutingRule.Prototypes) model.rule(), rows);
  }

  private Result alone(EvaluationUnit set, WeightsRef weights, List<List<Integer>> rows) {
    return ensemble(set, EnsembleMember.alone(weights, rows)).result(Score::unrouted);
  }

  private Result routed(
      EvaluationUnit set,
      Classifier.RoutedExperts model,
      RoutingRule.Prototypes rule,
      List<List<Integer>> rows) {
    WeightsRef base = new WeightsRef.Base();
    Optional<Features> pictures = setFeatures(set).pictures(base, rows);
    if (pictures.isEmpty()) { // no expert can be chosen yet, but the base answers every picture
      return alone(set, base, rows);
    }
    List<List<Choice>> choices = choices(model, rule, pictures.get());
    return ensemble(set, EnsembleMember.routed(model, rule.weights(), rows, choices))
        .result(score -> score.routed(set.evaluationSet().task(), nearest(model, choices)));
  }

  /** The offsets of the sampled pictures of a set, chunk by chunk. */
  private List<List<Integer>> sampled(EvaluationUnit set) {
    SplitChunks chunks = SplitChunks.of(set.dataset(), evaluationSpec.split());
    return chunks.numbers().stream()
        .map(chunk -> chunks.sampled(chunk, evaluationSpec.sample()))
        .toList();
  }

  /** The routing choices for pictures, chunk by chunk, from the base's features of them. */
  private List<List<Choice>> choices(
      Classifier.RoutedExperts model, RoutingRule.Prototypes rule, Features pictures) {
    ExpertChooser chooser =
        choosers.computeIfAbsent(
            model.experts().stream().map(Classifier.Expert::prototypes).toList(),
            prototypes -> chooser(prototypes, rule.experts()));
    return IntStream.range(0, pictures.parts().size())
        .mapToObj(part -> FeatureChunk.read(pictures, part, store.objects()).vectors())
        .map(vectors -> Stream.of(vectors).map(chooser::choose).toList())
        .toList();
  }

  private ExpertChooser chooser(List<Digest> prototypes, int experts) {
    return new ExpertChooser(
        prototypes.stream().map(store.records()::prototypes).toList(), experts);
  }

  private static SortedMap<TaskId, Long> nearest(
      Classifier.RoutedExperts model, List<List<Choice>> choices) {
    SortedMap<TaskId, Long> nearest = new TreeMap<>();
    choices.stream()
        .flatMap(List::stream)
        .filter(choice -> choice.tasks().length > 0)
        .map(choice -> model.experts().get(choice.tasks()[0]).evaluationSet().task())
        .forEach(task -> nearest.merge(task, 1L, Long::sum));
    return nearest;
  }

  private SetFeatures setFeatures(EvaluationUnit set) {
    return new SetFeatures(features, set, evaluationSpec.split());
  }

  private Ensemble ensemble(EvaluationUnit set, List<EnsembleMember> members) {
    return new Ensemble(set, setFeatures(set), members);
  }

  /** The stored features of one model: its pictures, and the classes of every task. */
  private record Answers(EnsembleMember member, Features pictures, List<Features> classes) {}

  /** The models that answer a set, with their stored features. */
  private final class Ensemble {
    private final EvaluationUnit set;
    private final SetFeatures found;
    private final List<Answers> answers = new ArrayList<>();

    private Ensemble(EvaluationUnit set, SetFeatures found, List<EnsembleMember> members) {
      this.set = set;
      this.found = found;
      for (EnsembleMember member : members) {
        List<Features> classes = classes(member.weights());
        found
            .pictures(member.weights(), member.rows())
            .ifPresent(pictures -> answers.add(new Answers(member, pictures, classes)));
      }
    }

    /** The stored classes of every task, for one model. */
    private List<Features> classes(WeightsRef weights) {
      return IntStream.range(0, set.labelSpace().tasks().size())
          .mapToObj(task -> found.classes(weights, task))
          .flatMap(Optional::stream)
          .toList();
    }

    /** The score of all pictures, without routing counts; the features that lack otherwise. */
    private Result result(UnaryOperator<Score> routing) {
      return found.isComplete() ? new Counted(routing.apply(count())) : found.lacking();
    }

    /** The score of all sampled pictures, without routing counts; no features may be missing. */
    private Score count() {
      LogitCounting counting = new LogitCounting(set.labelSpace(), logitScale);
      List<List<float[]>> classWeights = answers.stream().map(this::classWeights).toList();
      List<List<Integer>> rows = answers.get(0).member().rows(); // of the model that answers all
      return IntStream.range(0, rows.size())
          .filter(chunk -> !rows.get(chunk).isEmpty())
          .mapToObj(
              chunk ->
                  counting.count(
                      IntStream.range(0, answers.size())
                          .filter(i -> !answers.get(i).member().rows().get(chunk).isEmpty())
                          .mapToObj(i -> logits(answers.get(i), chunk, classWeights.get(i)))
                          .toList()))
          .reduce(Score::plus)
          .orElseThrow();
    }

    private ModelLogits logits(Answers each, int chunk, List<float[]> classWeights) {
      return new ModelLogits(
          FeatureChunk.read(
              each.pictures().parts().get(chunk), each.pictures().dimension(), store.objects()),
          classWeights,
          each.member().rows().get(chunk),
          each.member().counts().get(chunk));
    }

    private List<float[]> classWeights(Answers each) {
      return each.classes().stream()
          .map(task -> FeatureChunk.read(task.parts().get(0), task.dimension(), store.objects()))
          .flatMap(task -> Stream.of(task.vectors()))
          .toList();
    }
  }
}
