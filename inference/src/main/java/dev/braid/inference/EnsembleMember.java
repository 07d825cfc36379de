package dev.braid.inference;

import dev.braid.inference.ExpertChooser.Choice;
import dev.braid.model.record.EnsembleWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model that classifies images of a set.
 *
 * @param rows for every part of the set, the offsets of those images
 * @param counts for each of them, the weight of the model's logits
 */
public record EnsembleMember(
    WeightsRef weights, List<List<Integer>> rows, List<List<Double>> counts) {
  /** A single model, with weight 1. */
  public static List<EnsembleMember> alone(WeightsRef weights, List<List<Integer>> rows) {
    return List.of(
        new EnsembleMember(
            weights,
            rows,
            rows.stream().map(part -> part.stream().map(row -> 1.0).toList()).toList()));
  }

  /**
   * The base for all images, then every expert that is chosen for at least one image.
   *
   * @param choices of experts for each of the rows
   */
  public static List<EnsembleMember> routed(
      Classifier.RoutedExperts model,
      EnsembleWeights ensembleWeights,
      List<List<Integer>> rows,
      List<List<Choice>> choices) {
    List<EnsembleMember> ensembleMembers = new ArrayList<>();
    ensembleMembers.add(
        new EnsembleMember(
            new WeightsRef.Base(),
            rows,
            choices.stream()
                .map(
                    part ->
                        part.stream().map(choice -> baseCount(choice, ensembleWeights)).toList())
                .toList()));
    for (int task = 0; task < model.experts().size(); task++) {
      EnsembleMember ensembleMember =
          ofExpert(model.experts().get(task).weights(), task, ensembleWeights, rows, choices);
      if (ensembleMember.rows().stream().anyMatch(part -> !part.isEmpty())) {
        ensembleMembers.add(ensembleMember);
      }
    }
    return ensembleMembers;
  }

  private static EnsembleMember ofExpert(
      WeightsRef weights,
      int task,
      EnsembleWeights ensembleWeights,
      List<List<Integer>> rows,
      List<List<Choice>> choices) {
    List<List<Integer>> chosen = new ArrayList<>();
    List<List<Double>> counts = new ArrayList<>();
    for (int part = 0; part < rows.size(); part++) {
      List<Integer> rowsOfPart = new ArrayList<>();
      List<Double> countsOfPart = new ArrayList<>();
      for (int i = 0; i < rows.get(part).size(); i++) {
        Choice choice = choices.get(part).get(i);
        int rank = rank(choice, task);
        if (rank >= 0) {
          rowsOfPart.add(rows.get(part).get(i));
          countsOfPart.add(count(choice, rank, ensembleWeights));
        }
      }
      chosen.add(rowsOfPart);
      counts.add(countsOfPart);
    }
    return new EnsembleMember(weights, chosen, counts);
  }

  private static int rank(Choice choice, int task) {
    return IntStream.range(0, choice.tasks().length)
        .filter(rank -> choice.tasks()[rank] == task)
        .findFirst()
        .orElse(-1);
  }

  private static double count(Choice choice, int rank, EnsembleWeights ensembleWeights) {
    return ensembleWeights.of(choice.similarities()[rank], choice.similarities()[0]);
  }

  /** The mean weight of the chosen experts; 1 if all of them have weight 0. */
  private static double baseCount(Choice choice, EnsembleWeights ensembleWeights) {
    double mean =
        IntStream.range(0, choice.tasks().length)
            .mapToDouble(rank -> count(choice, rank, ensembleWeights))
            .average()
            .orElse(0);
    return mean > 0 ? mean : 1;
  }
}
