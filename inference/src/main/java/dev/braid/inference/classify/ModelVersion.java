package dev.braid.inference.classify;

import dev.braid.inference.Classifier;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.answer.StatisticsAnswers;
import dev.braid.inference.answer.StatisticsAnswers.Asked;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.TaskRecord;
import java.util.List;
import java.util.Optional;

/** A version that classifies pictures. It does not change. */
public final class ModelVersion {
  private static final TaskId FREE = new TaskId("free");

  private final Models models;
  private final int number;
  private final Digest digest;
  private final Classifier classifier;
  private final List<LabelSpace.Task> tasks;

  ModelVersion(Models models, int number, Digest digest) {
    this.models = models;
    this.number = number;
    this.digest = digest;
    ModelRecord record = models.store().records().model(digest);
    this.classifier = Classifier.of(models.store(), digest);
    this.tasks =
        record.tasks().stream()
            .map(learned -> models.store().records().task(learned.record()))
            .map(ModelVersion::classes)
            .toList();
  }

  private static LabelSpace.Task classes(TaskRecord task) {
    return new LabelSpace.Task(task.task(), task.classNames(), task.templates());
  }

  /** Its number in its line. */
  public int number() {
    return number;
  }

  /** The digest of its model. */
  public Digest digest() {
    return digest;
  }

  /** The learned tasks, in the order in which they were learned. */
  public List<TaskId> tasks() {
    return tasks.stream().map(LabelSpace.Task::task).toList();
  }

  /**
   * The class names of a learned task.
   *
   * @throws IllegalArgumentException if the version has not learned it
   */
  public List<String> classNames(TaskId task) {
    return learned(task).classNames();
  }

  /** A classifier over the classes of all learned tasks, unless it is told otherwise. */
  public ClassifierBuilder classifier() {
    return new ClassifierBuilder(this);
  }

  /**
   * Checks that it can classify with these candidates.
   *
   * @throws IllegalArgumentException if it has not learned their task, or no task at all
   */
  public void check(Candidates candidates) {
    var unused = labelSpace(candidates);
  }

  /**
   * Loads what answers pictures of any learned task: the base, and the most recently learned
   * experts.
   *
   * @param experts the largest number of experts
   */
  public void load(int experts) {
    models.load(new WeightsRef.Base());
    if (!tasks.isEmpty()) {
      List<WeightsRef> tuned =
          classesOfModels(new Candidates.AllLearned()).stream()
              .map(ClassesOfModel::weights)
              .filter(weights -> !(weights instanceof WeightsRef.Base))
              .distinct()
              .toList();
      tuned.subList(Math.max(0, tuned.size() - experts), tuned.size()).forEach(models::load);
    }
  }

  PictureClassifier build(Candidates candidates, int topK) {
    return new PictureClassifier(method(candidates, topK));
  }

  /**
   * The models that may answer, each with the classes over which it does: for those who want the
   * class weights in the store before many processes need them.
   */
  public List<ClassesOfModel> classesOfModels(Candidates candidates) {
    return new ClassesOfModel.Finder(classifier, labelSpace(candidates), isKnown(candidates)).all();
  }

  private static boolean isKnown(Candidates candidates) {
    return candidates instanceof Candidates.OfTask;
  }

  private AnswerMethod method(Candidates candidates, int topK) {
    LabelSpace labelSpace = labelSpace(candidates);
    CandidateLabels labels = new CandidateLabels(topK, candidates instanceof Candidates.Names);
    if (classifier instanceof Classifier.RoutedExperts model
        && model.rule() instanceof RoutingRule.Statistics rule) {
      return new StatisticsMethod(
          models,
          new StatisticsAnswers(
              model,
              new StatisticsRouting(models.store(), rule),
              labelSpace,
              asked(candidates),
              expert -> classNames(expert.evaluationSet().task())),
          labels);
    }
    Optional<TaskId> known =
        isKnown(candidates) ? Optional.of(labelSpace.tested()) : Optional.empty();
    return new LogitMethod(
        models,
        known.map(classifier::ofKnown).orElse(classifier),
        labelSpace,
        labels,
        classifier instanceof Classifier.RoutedExperts ? known : Optional.empty());
  }

  private static Asked asked(Candidates candidates) {
    if (isKnown(candidates)) {
      return Asked.KNOWN_TASK;
    }
    return candidates instanceof Candidates.Names ? Asked.OTHER_CLASSES : Asked.LEARNED_CLASSES;
  }

  private LabelSpace labelSpace(Candidates candidates) {
    if (candidates instanceof Candidates.OfTask known) {
      return only(learned(known.task()));
    } else if (candidates instanceof Candidates.ClassesOf unknown) {
      return only(learned(unknown.task()));
    } else if (candidates instanceof Candidates.Names free) {
      return only(new LabelSpace.Task(FREE, free.names(), free.templates()));
    }
    Check.argument(
        !tasks.isEmpty(),
        "Cannot classify with version %s: it has learned no task (give class names)",
        number);
    return new LabelSpace(tasks.get(0).task(), tasks);
  }

  private static LabelSpace only(LabelSpace.Task task) {
    return new LabelSpace(task.task(), List.of(task));
  }

  private LabelSpace.Task learned(TaskId task) {
    return tasks.stream()
        .filter(each -> each.task().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid task: %s (version %s has learned %s)"
                        .formatted(task, number, tasks.isEmpty() ? "nothing yet" : tasks())));
  }
}
