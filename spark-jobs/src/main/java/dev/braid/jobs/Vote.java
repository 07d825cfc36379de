package dev.braid.jobs;

import dev.braid.jobs.Routing.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model that is asked for pictures of a set.
 *
 * @param rows of every part of the set the offsets of those pictures
 * @param counts how much the model's logits count, for each of them
 */
record Vote(WeightsRef weights, List<List<Integer>> rows, List<List<Double>> counts) {
  /** One model asked alone. */
  static List<Vote> alone(WeightsRef weights, List<List<Integer>> rows) {
    return List.of(
        new Vote(
            weights,
            rows,
            rows.stream().map(part -> part.stream().map(row -> 1.0).toList()).toList()));
  }

  /**
   * The base for all pictures, then every expert that some picture asks for.
   *
   * @param choices of each of the rows
   */
  static List<Vote> routed(
      Examinee.Experts model,
      Weighting weighting,
      List<List<Integer>> rows,
      List<List<Choice>> choices) {
    List<Vote> votes = new ArrayList<>();
    votes.add(
        new Vote(
            new WeightsRef.Base(),
            rows,
            choices.stream()
                .map(part -> part.stream().map(choice -> baseCount(choice, weighting)).toList())
                .toList()));
    for (int task = 0; task < model.experts().size(); task++) {
      Vote vote = ofExpert(model.experts().get(task).weights(), task, weighting, rows, choices);
      if (vote.rows().stream().anyMatch(part -> !part.isEmpty())) {
        votes.add(vote);
      }
    }
    return votes;
  }

  private static Vote ofExpert(
      WeightsRef weights,
      int task,
      Weighting weighting,
      List<List<Integer>> rows,
      List<List<Choice>> choices) {
    List<List<Integer>> asking = new ArrayList<>();
    List<List<Double>> counts = new ArrayList<>();
    for (int part = 0; part < rows.size(); part++) {
      List<Integer> rowsOfPart = new ArrayList<>();
      List<Double> countsOfPart = new ArrayList<>();
      for (int i = 0; i < rows.get(part).size(); i++) {
        Choice choice = choices.get(part).get(i);
        int rank = rank(choice, task);
        if (rank >= 0) {
          rowsOfPart.add(rows.get(part).get(i));
          countsOfPart.add(count(choice, rank, weighting));
        }
      }
      asking.add(rowsOfPart);
      counts.add(countsOfPart);
    }
    return new Vote(weights, asking, counts);
  }

  private static int rank(Choice choice, int task) {
    return IntStream.range(0, choice.tasks().length)
        .filter(rank -> choice.tasks()[rank] == task)
        .findFirst()
        .orElse(-1);
  }

  private static double count(Choice choice, int rank, Weighting weighting) {
    return weighting.of(choice.similarities()[rank], choice.similarities()[0]);
  }

  /** That of the mean expert; where no expert counts, the base answers alone. */
  private static double baseCount(Choice choice, Weighting weighting) {
    double mean =
        IntStream.range(0, choice.tasks().length)
            .mapToDouble(rank -> count(choice, rank, weighting))
            .average()
            .orElse(0);
    return mean > 0 ? mean : 1;
  }
}
