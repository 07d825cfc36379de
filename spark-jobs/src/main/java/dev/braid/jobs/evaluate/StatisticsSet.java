package dev.braid.jobs.evaluate;

import static java.util.Objects.requireNonNull;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.Posterior;
import dev.braid.inference.statistics.Route;
import dev.braid.inference.statistics.Route.Choice;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.evaluate.SetEvaluation.Counted;
import dev.braid.jobs.evaluate.SetEvaluation.Result;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.Features;
import dev.braid.store.FeatureChunk;
import dev.braid.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The evaluation of one set by a rule of statistics. */
final class StatisticsSet {
  private final EvaluationUnit set;
  private final Classifier.RoutedExperts model;
  private final StatisticsRouting routing;
  private final List<List<Integer>> rows;
  private final SetFeatures found;
  private final DatasetRecords datasets;
  private final ObjectStore objects;
  private final TaskId tested;
  private final Optional<Expert> own;

  /** The models that answer, by task; the base for a set whose task is not learned. */
  private final Map<TaskId, MemberModel> members = new TreeMap<>();

  StatisticsSet(
      EvaluationUnit set,
      Classifier.RoutedExperts model,
      StatisticsRouting routing,
      List<List<Integer>> rows,
      SetFeatures found,
      DatasetRecords datasets,
      ObjectStore objects) {
    this.set = set;
    this.model = model;
    this.routing = routing;
    this.rows = rows;
    this.found = found;
    this.datasets = datasets;
    this.objects = objects;
    this.tested = set.evaluationSet().task();
    this.own = model.expert(tested);
  }

  /**
   * A picture whose experts are chosen.
   *
   * @param logClasses for each of them, the logarithms of the probabilities of its task's classes;
   *     without values if the statistics are not asked
   */
  private record Routed(Route route, List<double[]> logClasses, boolean isOfNoTask) {}

  /** The score, or the requests for missing features. */
  Result result(Protocol protocol) {
    boolean isKnown = protocol == Protocol.KNOWN_TASK && own.isPresent();
    own.ifPresent(expert -> add(expert, rows)); // almost all of its pictures are routed to it
    List<List<Routed>> routed;
    if (isKnown && routing.calibration(tested).beta() == 0) {
      routed = rows.stream().map(this::withoutStatistics).toList();
    } else {
      Optional<Features> base = found.pictures(new WeightsRef.Base(), rows);
      if (base.isEmpty()) { // no expert can be chosen yet
        return found.lacking();
      }
      routed =
          IntStream.range(0, rows.size())
              .mapToObj(chunk -> routed(base.get(), chunk, isKnown))
              .toList();
    }
    addMembers(routed);
    return found.isComplete() ? new Counted(score(routed, isKnown)) : found.lacking();
  }

  private List<Routed> withoutStatistics(List<Integer> chunk) {
    Routed known = new Routed(Route.to(tested), List.of(new double[0]), /* isOfNoTask= */ false);
    return chunk.stream().map(row -> known).toList();
  }

  private List<Routed> routed(Features base, int chunk, boolean isKnown) {
    return Stream.of(FeatureChunk.read(base, chunk, objects).vectors())
        .map(routing::posterior)
        .map(
            posterior ->
                routed(
                    posterior,
                    isKnown ? Route.to(tested) : routing.route(posterior, own.isEmpty())))
        .toList();
  }

  private Routed routed(Posterior posterior, Route route) {
    return new Routed(
        route,
        route.choices().stream().map(Choice::task).map(posterior::logClasses).toList(),
        routing.isOfNoTask(posterior));
  }

  /** Adds the models that are chosen for a picture, and are not members already. */
  private void addMembers(List<List<Routed>> routed) {
    TreeSet<TaskId> chosen = new TreeSet<>();
    routed.stream()
        .flatMap(List::stream)
        .flatMap(each -> models(each.route()))
        .forEach(chosen::add);
    chosen.removeAll(members.keySet());
    for (TaskId task : chosen) {
      model
          .expert(task)
          .ifPresentOrElse(expert -> add(expert, rowsOf(task, routed)), this::addBase);
    }
  }

  /** The tasks of a route's experts; the tested one stands for the base. */
  private Stream<TaskId> models(Route route) {
    return route.toBase() ? Stream.of(tested) : route.choices().stream().map(Choice::task);
  }

  private List<List<Integer>> rowsOf(TaskId task, List<List<Routed>> routed) {
    List<List<Integer>> ofTask = new ArrayList<>();
    for (int chunk = 0; chunk < rows.size(); chunk++) {
      List<Integer> ofChunk = rows.get(chunk);
      List<Routed> pictures = routed.get(chunk);
      ofTask.add(
          IntStream.range(0, ofChunk.size())
              .filter(i -> models(pictures.get(i).route()).anyMatch(task::equals))
              .mapToObj(ofChunk::get)
              .toList());
    }
    return ofTask;
  }

  private void add(Expert expert, List<List<Integer>> ofExpert) {
    TaskId task = expert.evaluationSet().task();
    int candidates = set.labelSpace().indexFor(task);
    List<String> classNames = datasets.get(expert.evaluationSet().dataset()).classNames();
    members.put(
        task,
        new MemberModel(
            candidates,
            set.labelSpace().tasks().get(candidates).classNames().equals(classNames),
            routing.calibration(task),
            ofExpert,
            found.pictures(expert.weights(), ofExpert),
            found.classes(expert.weights(), candidates)));
  }

  private void addBase() {
    WeightsRef base = new WeightsRef.Base();
    int candidates = set.labelSpace().indexOfTested();
    members.put(
        tested,
        new MemberModel(
            candidates,
            /* isOwn= */ false,
            Calibration.BASE,
            rows, // encoded for the statistics
            found.pictures(base, rows),
            found.classes(base, candidates)));
  }

  private Score score(List<List<Routed>> routed, boolean isKnown) {
    AnswerCounting counting = new AnswerCounting(set.labelSpace());
    LabelMixture mixture = new LabelMixture(set.labelSpace());
    for (int chunk = 0; chunk < rows.size(); chunk++) {
      Map<TaskId, ChunkAnswers> answers = answers(chunk);
      for (int i = 0; i < rows.get(chunk).size(); i++) {
        int row = rows.get(chunk).get(i);
        Routed picture = routed.get(chunk).get(i);
        counting.route(
            picture.route().choices().stream().map(Choice::task).findFirst(), picture.isOfNoTask());
        counting.add(SplitChunks.row(chunk, row), answer(picture, row, answers, mixture));
      }
    }
    return counting.score(isKnown);
  }

  private Map<TaskId, ChunkAnswers> answers(int chunk) {
    Map<TaskId, ChunkAnswers> answers = new TreeMap<>();
    members.forEach(
        (task, member) -> {
          if (!member.rows().get(chunk).isEmpty()) {
            answers.put(task, new ChunkAnswers(member, chunk, objects));
          }
        });
    return answers;
  }

  private Answer answer(
      Routed picture, int row, Map<TaskId, ChunkAnswers> answers, LabelMixture mixture) {
    List<Choice> choices =
        picture.route().toBase() ? List.of(new Choice(tested, 1)) : picture.route().choices();
    List<LabelMixture.Part> parts = new ArrayList<>();
    int label = 0;
    for (int i = 0; i < choices.size(); i++) {
      ChunkAnswers expert = requireNonNull(answers.get(choices.get(i).task()), "no such expert");
      double[] logClasses = picture.route().toBase() ? new double[0] : picture.logClasses().get(i);
      label = expert.label(row);
      parts.add(
          new LabelMixture.Part(
              expert.task(), choices.get(i).weight(), expert.of(row, logClasses)));
    }
    return mixture.answer(label, parts);
  }
}
