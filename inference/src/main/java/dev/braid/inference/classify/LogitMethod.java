package dev.braid.inference.classify;

import dev.braid.inference.Classifier;
import dev.braid.inference.EnsembleMember;
import dev.braid.inference.ExpertChooser;
import dev.braid.inference.ExpertChooser.Choice;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.LogitScale;
import dev.braid.inference.SummedLogits;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.Softmax;
import dev.braid.model.TaskId;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers with one model, or with the base and the experts of the nearest prototypes, whose logits
 * are added (METHODS 2.7).
 *
 * <p>The logit of a label is the largest of its classes'. The softmax over the labels gives the
 * probabilities; with several models they are no more than a ranking, because the logits of
 * different experts have no common scale.
 */
final class LogitMethod implements AnswerMethod {
  private final Models models;
  private final Classifier classifier;
  private final LabelSpace labelSpace;
  private final CandidateLabels labels;
  private final ClassWeights classWeights;
  private final float logitScale;
  private final Optional<ExpertChooser> chooser;
  private final Optional<TaskId> known;

  /** The label of every class. */
  private final int[] labelOf;

  /**
   * Answers over a label space.
   *
   * @param known the task of all pictures, if it is known
   */
  LogitMethod(
      Models models,
      Classifier classifier,
      LabelSpace labelSpace,
      CandidateLabels labels,
      Optional<TaskId> known) {
    this.models = models;
    this.classifier = classifier;
    this.labelSpace = labelSpace;
    this.labels = labels;
    this.known = known;
    this.classWeights = new ClassWeights(models, labelSpace);
    this.logitScale = LogitScale.of(models.store());
    this.chooser = chooser(models.store(), classifier);
    this.labelOf = labelSpace.labels();
  }

  private static Optional<ExpertChooser> chooser(ModelStore store, Classifier classifier) {
    return classifier instanceof Classifier.RoutedExperts model
        ? Optional.of(
            new ExpertChooser(
                model.experts().stream()
                    .map(expert -> store.records().prototypes(expert.prototypes()))
                    .toList(),
                model.rule().experts()))
        : Optional.empty();
  }

  @Override
  public List<Prediction> answer(List<byte[]> pictures) {
    WeightsRef first =
        classifier instanceof Classifier.SingleModel alone
            ? alone.weights()
            : new WeightsRef.Base();
    DecodedPictures decoded = DecodedPictures.of(models, first, pictures);
    List<Choice> choices =
        chooser.map(by -> decoded.vectors().stream().map(by::choose).toList()).orElse(List.of());
    List<SummedLogits> sums =
        decoded.rows().stream()
            .map(row -> new SummedLogits(/* label= */ 0, labelOf.length, logitScale))
            .toList();
    for (EnsembleMember member : members(first, decoded.rows().size(), choices)) {
      add(member, decoded, first, sums);
    }
    List<Prediction> answered = new ArrayList<>();
    for (int place = 0; place < sums.size(); place++) {
      answered.add(
          prediction(
              sums.get(place),
              choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(place))));
    }
    return labels.inOrder(pictures.size(), decoded, answered);
  }

  private List<EnsembleMember> members(WeightsRef first, int pictures, List<Choice> choices) {
    List<List<Integer>> rows = List.of(IntStream.range(0, pictures).boxed().toList());
    return classifier instanceof Classifier.RoutedExperts model
            && model.rule() instanceof RoutingRule.Prototypes rule
        ? EnsembleMember.routed(model, rule.weights(), rows, List.of(choices))
        : EnsembleMember.alone(first, rows);
  }

  /** Adds a model's logits. Models come in the order of evaluations, so the sums are the same. */
  private void add(
      EnsembleMember member, DecodedPictures decoded, WeightsRef first, List<SummedLogits> sums) {
    List<Integer> places = member.rows().get(0);
    if (places.isEmpty()) {
      return;
    }
    float[][] vectors =
        member.weights().equals(first)
            ? decoded.vectors().toArray(float[][]::new)
            : decoded.encode(models, member.weights(), places);
    List<float[]> classes =
        IntStream.range(0, labelSpace.tasks().size())
            .boxed()
            .flatMap(task -> Stream.of(classWeights.of(member.weights(), task)))
            .toList();
    for (int i = 0; i < vectors.length; i++) {
      sums.get(places.get(i)).add(vectors[i], classes, member.counts().get(0).get(i));
    }
  }

  private Prediction prediction(SummedLogits sum, Optional<Choice> choice) {
    double[] logits = sum.logits();
    int[] classOf = classOfLabels(logits);
    double[] probabilities =
        Softmax.of(Arrays.stream(classOf).mapToDouble(each -> logits[each]).toArray());
    List<TaskId> experts = choice.map(this::experts).orElse(known.stream().toList());
    Optional<TaskId> main = experts.stream().findFirst();
    List<Prediction.Label> best =
        IntStream.range(0, classOf.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer label) -> -probabilities[label])
                    .thenComparing(label -> classOf[label]))
            .limit(labels.topK())
            .map(label -> label(classOf[label], main, probabilities[label]))
            .toList();
    int forwards = 1 + choice.map(each -> each.tasks().length).orElse(0);
    return new Prediction.Answered(
        best, OptionalDouble.empty(), /* isOfNoTask= */ false, List.of(), experts, forwards);
  }

  /** For each label, its class with the largest logit; the first one wins a tie. */
  private int[] classOfLabels(double[] logits) {
    int[] classOf = new int[1 + Arrays.stream(labelOf).max().orElseThrow()];
    Arrays.fill(classOf, -1);
    for (int k = 0; k < logits.length; k++) {
      int most = classOf[labelOf[k]];
      classOf[labelOf[k]] = most < 0 || logits[k] > logits[most] ? k : most;
    }
    return classOf;
  }

  private List<TaskId> experts(Choice choice) {
    List<Classifier.Expert> all = ((Classifier.RoutedExperts) classifier).experts();
    return Arrays.stream(choice.tasks())
        .mapToObj(task -> all.get(task).evaluationSet().task())
        .toList();
  }

  private Prediction.Label label(int classIndex, Optional<TaskId> main, double probability) {
    TaskId owner = labelSpace.taskOf(classIndex);
    return new Prediction.Label(
        labelSpace.className(classIndex), labels.task(owner, main), probability);
  }
}
