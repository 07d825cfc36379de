package dev.braid.jobs;

import dev.braid.jobs.Ballots.Ballot;
import dev.braid.jobs.Ballots.Poll;
import dev.braid.jobs.EvaluateJob.Asked;
import dev.braid.jobs.Routing.Choice;
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
 * Measures sets of pictures: routes them, has the models that are asked encode them, and counts.
 *
 * <p>What a model makes of pictures and of class names is stored, so another weighting costs no
 * forward pass, nor does another protocol that asks the model for the same pictures.
 */
final class Measurement {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final Answering answering;
  private final EncodeJob encode;

  Measurement(JavaSparkContext spark, StoreLocation location, Answering answering) {
    this.spark = spark;
    this.location = location;
    this.answering = answering;
    this.encode = new EncodeJob(spark, location);
  }

  /** The scores, in order. */
  List<Score> run(List<Asked> sets) {
    List<List<List<Integer>>> rows = sets.stream().map(this::sampled).toList();
    List<List<List<Choice>>> choices = choices(sets, rows);
    List<List<Vote>> votes =
        IntStream.range(0, sets.size())
            .mapToObj(i -> votes(sets.get(i), rows.get(i), choices.get(i)))
            .toList();
    List<Score> counted = count(sets, votes);
    return IntStream.range(0, sets.size())
        .mapToObj(
            i ->
                sets.get(i).alone().isPresent()
                    ? counted.get(i).unrouted()
                    : counted
                        .get(i)
                        .routed(
                            sets.get(i).question().task(), nearest(sets.get(i), choices.get(i))))
        .toList();
  }

  /** The offsets, part by part, of the pictures of a set that are asked for. */
  private List<List<Integer>> sampled(Asked set) {
    SplitParts parts = SplitParts.of(set.dataset(), answering.split());
    return parts.numbers().stream().map(part -> parts.sampled(part, answering.sample())).toList();
  }

  /** For each set the choices of its pictures; none where one model answers alone. */
  private List<List<List<Choice>>> choices(List<Asked> sets, List<List<List<Integer>>> rows) {
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
      Examinee.Experts model = new Examinee.Experts(sets.get(routed.get(0)).experts());
      List<List<List<Choice>>> chosen =
          new Router(spark, location, model, answering.experts()).choose(base);
      for (int i = 0; i < routed.size(); i++) {
        choices.set(routed.get(i), chosen.get(i));
      }
    }
    return choices;
  }

  private List<Vote> votes(Asked set, List<List<Integer>> rows, List<List<Choice>> choices) {
    return set.alone()
        .map(weights -> Vote.alone(weights, rows))
        .orElseGet(
            () ->
                Vote.routed(
                    new Examinee.Experts(set.experts()), answering.weighting(), rows, choices));
  }

  private static SortedMap<TaskId, Long> nearest(Asked set, List<List<Choice>> choices) {
    SortedMap<TaskId, Long> nearest = new TreeMap<>();
    choices.stream()
        .flatMap(List::stream)
        .filter(choice -> choice.tasks().length > 0)
        .map(choice -> set.experts().get(choice.tasks()[0]).question().task())
        .forEach(task -> nearest.merge(task, 1L, Long::sum));
    return nearest;
  }

  private Encoding pictures(Asked set, WeightsRef weights, List<List<Integer>> rows) {
    return new Encoding.Pictures(weights, set.question().dataset(), answering.split(), rows);
  }

  private static List<Encoding> classes(Asked set, WeightsRef weights) {
    return set.candidates().tasks().stream()
        .<Encoding>map(
            task -> new Encoding.ClassNames(weights, task.classNames(), task.templates()))
        .toList();
  }

  /** One job encodes for all sets, so that a model is loaded once; another counts. */
  private List<Score> count(List<Asked> sets, List<List<Vote>> votes) {
    List<Encoding> wanted = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      for (Vote vote : votes.get(i)) {
        wanted.add(pictures(sets.get(i), vote.weights(), vote.rows()));
        wanted.addAll(classes(sets.get(i), vote.weights()));
      }
    }
    Iterator<Features> made = encode.run(wanted).iterator();
    List<Poll> polls = new ArrayList<>();
    List<Integer> setOf = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      Candidates candidates = sets.get(i).candidates();
      List<Answers> answers = new ArrayList<>();
      for (Vote vote : votes.get(i)) {
        answers.add(new Answers(vote, made.next(), next(made, candidates.tasks().size())));
      }
      for (Poll poll : polls(candidates, answers)) {
        polls.add(poll);
        setOf.add(i);
      }
    }
    SortedMap<Integer, Score> scores = new TreeMap<>();
    List<Score> counted = new Ballots(spark, location).count(polls);
    for (int i = 0; i < counted.size(); i++) {
      scores.merge(setOf.get(i), counted.get(i), Score::plus);
    }
    return List.copyOf(scores.values());
  }

  /** What a model that is asked has encoded: pictures, and the classes of every task. */
  private record Answers(Vote vote, Features pictures, List<Features> classes) {
    private Ballot ballot(int part) {
      return new Ballot(
          pictures.parts().get(part),
          classes.stream().map(task -> task.parts().get(0)).toList(),
          vote.rows().get(part),
          vote.counts().get(part));
    }
  }

  private static List<Features> next(Iterator<Features> made, int count) {
    return Stream.generate(made::next).limit(count).toList();
  }

  /** One for each part of which pictures are asked for. */
  private static List<Poll> polls(Candidates candidates, List<Answers> answers) {
    Answers first = answers.get(0);
    return IntStream.range(0, first.vote().rows().size())
        .filter(part -> !first.vote().rows().get(part).isEmpty())
        .mapToObj(
            part ->
                new Poll(
                    candidates,
                    first.pictures().dimension(),
                    answers.stream()
                        .filter(answer -> !answer.vote().rows().get(part).isEmpty())
                        .map(answer -> answer.ballot(part))
                        .toList()))
        .toList();
  }
}
