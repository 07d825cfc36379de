package dev.braid.jobs.evaluate;

import static java.util.Objects.requireNonNull;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.answer.AnsweringModel;
import dev.braid.inference.answer.LabelMixture;
import dev.braid.inference.answer.RoutedPicture;
import dev.braid.inference.answer.StatisticsAnswers;
import dev.braid.inference.answer.StatisticsAnswers.Asked;
import dev.braid.inference.statistics.Route;
import dev.braid.inference.statistics.Route.Choice;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.evaluate.SetEvaluation.Counted;
import dev.braid.jobs.evaluate.SetEvaluation.Result;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Features;
import dev.braid.store.FeatureChunk;
import dev.braid.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.Collections;
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

  /** The score, or the requests for missing features. */
  Result result(Protocol protocol) {
    boolean isKnown = protocol == Protocol.KNOWN_TASK && own.isPresent();
    StatisticsAnswers answers = answers(isKnown);
    own.ifPresent(expert -> add(answers, tested, rows)); // almost all pictures are routed to it
    List<List<RoutedPicture>> routed;
    if (!answers.needsStatistics()) {
      RoutedPicture known = answers.withoutStatistics();
      routed = rows.stream().map(chunk -> Collections.nCopies(chunk.size(), known)).toList();
    } else {
      Optional<Features> base = found.pictures(new WeightsRef.Base(), rows);
      if (base.isEmpty()) { // no expert can be chosen yet
        return found.lacking();
      }
      routed =
          IntStream.range(0, rows.size())
              .mapToObj(chunk -> FeatureChunk.read(base.get(), chunk, objects).vectors())
              .map(pictures -> Stream.of(pictures).map(answers::route).toList())
              .toList();
    }
    addMembers(answers, routed);
    return found.isComplete() ? new Counted(score(answers, routed)) : found.lacking();
  }

  private StatisticsAnswers answers(boolean isKnown) {
    Asked unknown = own.isPresent() ? Asked.LEARNED_CLASSES : Asked.OTHER_CLASSES;
    return new StatisticsAnswers(
        model,
        routing,
        set.labelSpace(),
        isKnown ? Asked.KNOWN_TASK : unknown,
        expert -> datasets.get(expert.evaluationSet().dataset()).classNames());
  }

  /** Adds the models that are chosen for a picture, and are not members already. */
  private void addMembers(StatisticsAnswers answers, List<List<RoutedPicture>> routed) {
    TreeSet<TaskId> chosen = new TreeSet<>();
    routed.stream()
        .flatMap(List::stream)
        .flatMap(each -> models(each.route()))
        .forEach(chosen::add);
    chosen.removeAll(members.keySet());
    for (TaskId task : chosen) {
      if (model.expert(task).isPresent()) {
        add(answers, task, rowsOf(task, routed));
      } else {
        members.put(tested, member(answers.base(), rows)); // encoded for the statistics
      }
    }
  }

  /** The tasks of a route's experts; the tested one stands for the base. */
  private Stream<TaskId> models(Route route) {
    return route.toBase() ? Stream.of(tested) : route.choices().stream().map(Choice::task);
  }

  private List<List<Integer>> rowsOf(TaskId task, List<List<RoutedPicture>> routed) {
    List<List<Integer>> ofTask = new ArrayList<>();
    for (int chunk = 0; chunk < rows.size(); chunk++) {
      List<Integer> ofChunk = rows.get(chunk);
      List<RoutedPicture> pictures = routed.get(chunk);
      ofTask.add(
          IntStream.range(0, ofChunk.size())
              .filter(i -> models(pictures.get(i).route()).anyMatch(task::equals))
              .mapToObj(ofChunk::get)
              .toList());
    }
    return ofTask;
  }

  private void add(StatisticsAnswers answers, TaskId task, List<List<Integer>> ofExpert) {
    members.put(task, member(answers.expert(task), ofExpert));
  }

  private MemberModel member(AnsweringModel answering, List<List<Integer>> ofModel) {
    return new MemberModel(
        answering,
        ofModel,
        found.pictures(answering.weights(), ofModel),
        found.classes(answering.weights(), answering.task()));
  }

  private Score score(StatisticsAnswers answers, List<List<RoutedPicture>> routed) {
    AnswerCounting counting = new AnswerCounting(set.labelSpace());
    for (int chunk = 0; chunk < rows.size(); chunk++) {
      Map<TaskId, ChunkAnswers> models = models(chunk);
      for (int i = 0; i < rows.get(chunk).size(); i++) {
        int row = rows.get(chunk).get(i);
        RoutedPicture picture = routed.get(chunk).get(i);
        counting.route(
            picture.route().choices().stream().map(Choice::task).findFirst(), picture.isOfNoTask());
        counting.add(SplitChunks.row(chunk, row), answer(picture, row, models, answers));
      }
    }
    return counting.score(answers.isKnown());
  }

  private Map<TaskId, ChunkAnswers> models(int chunk) {
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
      RoutedPicture picture, int row, Map<TaskId, ChunkAnswers> models, StatisticsAnswers answers) {
    List<ChunkAnswers> ofPicture =
        models(picture.route())
            .map(task -> requireNonNull(models.get(task), "no such model"))
            .toList();
    List<double[]> said = new ArrayList<>();
    for (int i = 0; i < ofPicture.size(); i++) {
      said.add(ofPicture.get(i).of(row, StatisticsAnswers.logClasses(picture, i)));
    }
    LabelMixture.Mixed mixed = answers.answer(picture, said);
    int label = ofPicture.get(0).label(row);
    LabelMixture.ClassOfTask answer = mixed.classOf(mixed.best()).orElseThrow();
    return new Answer(
        label,
        answer.task(),
        answer.classIndex(),
        mixed.of(mixed.best()),
        mixed.best()
            == answers.label(
                new LabelMixture.ClassOfTask(set.labelSpace().indexOfTested(), label)));
  }
}
