package dev.braid.inference.classify;

import static java.util.Objects.requireNonNull;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.answer.AnsweringModel;
import dev.braid.inference.answer.LabelMixture;
import dev.braid.inference.answer.RoutedPicture;
import dev.braid.inference.answer.StatisticsAnswers;
import dev.braid.inference.statistics.Route;
import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers by the statistics of a version (METHODS 2.8): the base encodes all pictures, then each
 * chosen expert the pictures that are routed to it.
 */
final class StatisticsMethod implements AnswerMethod {
  private final Models models;
  private final StatisticsAnswers answers;
  private final ClassWeights classWeights;
  private final CandidateLabels labels;

  StatisticsMethod(Models models, StatisticsAnswers answers, CandidateLabels labels) {
    this.models = models;
    this.answers = answers;
    this.classWeights = new ClassWeights(models, answers.labelSpace());
    this.labels = labels;
  }

  @Override
  public List<Prediction> answer(List<byte[]> pictures) {
    boolean isRouted = answers.needsStatistics();
    WeightsRef first =
        isRouted
            ? new WeightsRef.Base()
            : answers.models(answers.withoutStatistics()).get(0).weights();
    DecodedPictures decoded = DecodedPictures.of(models, first, pictures);
    List<RoutedPicture> routed =
        decoded.vectors().stream()
            .map(vector -> isRouted ? answers.route(vector) : answers.withoutStatistics())
            .toList();
    List<Map<WeightsRef, double[]>> said = ask(decoded, first, routed);
    List<Prediction> predictions = new ArrayList<>();
    for (int place = 0; place < routed.size(); place++) {
      predictions.add(prediction(routed.get(place), said.get(place), first));
    }
    return labels.inOrder(pictures.size(), decoded, predictions);
  }

  /** For each picture, what each of its models says. */
  private List<Map<WeightsRef, double[]>> ask(
      DecodedPictures decoded, WeightsRef first, List<RoutedPicture> routed) {
    Map<AnsweringModel, List<Integer>> places = new LinkedHashMap<>();
    for (int place = 0; place < routed.size(); place++) {
      for (AnsweringModel model : answers.models(routed.get(place))) {
        places.computeIfAbsent(model, chosen -> new ArrayList<>()).add(place);
      }
    }
    List<Map<WeightsRef, double[]>> said =
        routed.stream().<Map<WeightsRef, double[]>>map(each -> new LinkedHashMap<>()).toList();
    while (!places.isEmpty()) {
      AnsweringModel model = next(places.keySet());
      List<Integer> ofModel = requireNonNull(places.remove(model), "places");
      float[][] vectors =
          model.weights().equals(first)
              ? ofModel.stream().map(decoded.vectors()::get).toArray(float[][]::new)
              : decoded.encode(models, model.weights(), ofModel);
      float[][] classes = classWeights.of(model.weights(), model.task());
      for (int i = 0; i < vectors.length; i++) {
        int place = ofModel.get(i);
        double[] logClasses = logClasses(routed.get(place), model);
        said.get(place).put(model.weights(), model.probabilities(vectors[i], classes, logClasses));
      }
    }
    return said;
  }

  /** One that is in memory, if there is any: loading another may close it. */
  private AnsweringModel next(Iterable<AnsweringModel> open) {
    AnsweringModel first = open.iterator().next();
    for (AnsweringModel model : open) {
      if (models.isOpen(model.weights())) {
        return model;
      }
    }
    return first;
  }

  private double[] logClasses(RoutedPicture picture, AnsweringModel model) {
    int place = answers.models(picture).indexOf(model);
    return StatisticsAnswers.logClasses(picture, place);
  }

  private Prediction prediction(
      RoutedPicture picture, Map<WeightsRef, double[]> said, WeightsRef first) {
    List<AnsweringModel> ofPicture = answers.models(picture);
    LabelMixture.Mixed mixed =
        answers.answer(
            picture,
            ofPicture.stream()
                .map(model -> requireNonNull(said.get(model.weights()), "said"))
                .toList());
    List<TaskId> experts = picture.route().choices().stream().map(Route.Choice::task).toList();
    Optional<TaskId> main = experts.stream().findFirst();
    List<Prediction.Label> best =
        mixed.best(labels.topK()).stream()
            .flatMap(
                label ->
                    mixed.classOf(label).stream().map(found -> label(found, main, mixed.of(label))))
            .toList();
    long others = ofPicture.stream().filter(model -> !model.weights().equals(first)).count();
    return new Prediction.Answered(
        best,
        picture.ofNoTask(),
        picture.isOfNoTask(),
        picture.tasks(),
        experts,
        Math.toIntExact(1 + others));
  }

  private Prediction.Label label(
      LabelMixture.ClassOfTask found, Optional<TaskId> main, double probability) {
    LabelSpace.Task task = answers.labelSpace().tasks().get(found.task());
    return new Prediction.Label(
        task.classNames().get(found.classIndex()), labels.task(task.task(), main), probability);
  }
}
