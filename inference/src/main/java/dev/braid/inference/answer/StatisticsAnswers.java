package dev.braid.inference.answer;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.Posterior;
import dev.braid.inference.statistics.Route;
import dev.braid.inference.statistics.Route.Choice;
import dev.braid.model.TaskId;
import dev.braid.model.record.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which models of a version answer a picture by its statistics, over which classes, and how what
 * they say becomes one answer. Safe for use by many threads.
 */
public final class StatisticsAnswers {
  /** What is known of the pictures. */
  public enum Asked {
    /** Their task: its expert answers alone. */
    KNOWN_TASK,
    /** All candidates are classes of learned tasks: experts answer every picture. */
    LEARNED_CLASSES,
    /** Candidates are other classes: the base answers pictures of no learned task. */
    OTHER_CLASSES
  }

  private final Classifier.RoutedExperts model;
  private final StatisticsRouting routing;
  private final LabelSpace labelSpace;
  private final Asked asked;
  private final Function<Expert, List<String>> classNames;
  private final LabelMixture mixture;
  private final Map<TaskId, AnsweringModel> experts = new ConcurrentHashMap<>();

  /**
   * Answers over a label space.
   *
   * @param labelSpace its tested task is the known one, or the one whose classes an expert answers
   *     over if its own are no candidates
   * @param classNames the classes that an expert was trained on
   */
  public StatisticsAnswers(
      Classifier.RoutedExperts model,
      StatisticsRouting routing,
      LabelSpace labelSpace,
      Asked asked,
      Function<Expert, List<String>> classNames) {
    this.model = model;
    this.routing = routing;
    this.labelSpace = labelSpace;
    this.asked = asked;
    this.classNames = classNames;
    this.mixture = new LabelMixture(labelSpace);
  }

  /** The candidates. */
  public LabelSpace labelSpace() {
    return labelSpace;
  }

  /** Whether the task is known. */
  public boolean isKnown() {
    return asked == Asked.KNOWN_TASK;
  }

  /** Whether the base's features of the pictures are needed to answer them. */
  public boolean needsStatistics() {
    return !isKnown() || routing.calibration(labelSpace.tested()).beta() != 0;
  }

  /** The route of a picture of a known task, if the statistics are not needed. */
  public RoutedPicture withoutStatistics() {
    return new RoutedPicture(
        Route.to(labelSpace.tested()),
        List.of(),
        List.of(new double[0]),
        OptionalDouble.empty(),
        /* isOfNoTask= */ false);
  }

  /** The route of a picture with this unit feature of the base. */
  public RoutedPicture route(float[] feature) {
    Posterior posterior = routing.posterior(feature);
    Route route =
        isKnown()
            ? Route.to(labelSpace.tested())
            : routing.route(posterior, asked == Asked.OTHER_CLASSES);
    return new RoutedPicture(
        route,
        isKnown() ? List.of() : posterior.ranked(),
        route.choices().stream().map(Choice::task).map(posterior::logClasses).toList(),
        routing.ofNoTask(posterior),
        routing.isOfNoTask(posterior));
  }

  /** The models that answer a picture, in the order of its route. */
  public List<AnsweringModel> models(RoutedPicture picture) {
    return picture.route().toBase()
        ? List.of(base())
        : picture.route().choices().stream().map(choice -> expert(choice.task())).toList();
  }

  /** The expert of a learned task. */
  public AnsweringModel expert(TaskId task) {
    return experts.computeIfAbsent(
        task,
        unknown ->
            expert(
                model
                    .expert(task)
                    .orElseThrow(() -> new IllegalArgumentException("no expert of " + task))));
  }

  private AnsweringModel expert(Expert expert) {
    TaskId task = expert.evaluationSet().task();
    int candidates = labelSpace.indexFor(task);
    return new AnsweringModel(
        expert.weights(),
        candidates,
        labelSpace.tasks().get(candidates).classNames().equals(classNames.apply(expert)),
        routing.calibration(task));
  }

  /** The base, which answers pictures of no learned task over the classes of the tested one. */
  public AnsweringModel base() {
    return new AnsweringModel(
        new WeightsRef.Base(), labelSpace.indexOfTested(), /* isOwn= */ false, Calibration.BASE);
  }

  /** The logarithms of l for the expert at this place of a picture's route. */
  public static double[] logClasses(RoutedPicture picture, int place) {
    return picture.route().toBase() ? new double[0] : picture.logClasses().get(place);
  }

  /** The label of a class. */
  public int label(LabelMixture.ClassOfTask classOfTask) {
    return mixture.label(classOfTask);
  }

  /**
   * The answer for a picture.
   *
   * @param said what each of its models says, in the order of {@link #models}
   */
  public LabelMixture.Mixed answer(RoutedPicture picture, List<double[]> said) {
    List<AnsweringModel> models = models(picture);
    List<Choice> choices = picture.route().choices();
    List<LabelMixture.Part> parts = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      double weight = choices.isEmpty() ? 1 : choices.get(i).weight();
      parts.add(new LabelMixture.Part(models.get(i).task(), weight, said.get(i)));
    }
    return mixture.mix(parts);
  }
}
