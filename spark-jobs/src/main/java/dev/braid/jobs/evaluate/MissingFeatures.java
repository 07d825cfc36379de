package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.evaluate.SetEvaluation.Classes;
import dev.braid.jobs.evaluate.SetEvaluation.Lacking;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The features that the sets of an evaluation lack, each requested once. */
final class MissingFeatures {
  /*
   * Under union labels, every set needs the classes of every task for every model that answers it.
   * Sets of learned tasks share the objects of their label space, so that the identity of a task
   * gives its number; a request is made after all sets were counted, not once for each set.
   */
  private final Set<EncodeRequest> pictures = new LinkedHashSet<>();
  private final Map<WeightsRef, BitSet> classes = new LinkedHashMap<>(); // numbers of tasks
  private final IdentityHashMap<LabelSpace.Task, Integer> numbers = new IdentityHashMap<>();
  private final List<LabelSpace.Task> tasks = new ArrayList<>();

  /** Adds what one set lacks. */
  void add(LabelSpace labelSpace, Lacking lacking) {
    pictures.addAll(lacking.pictures());
    for (Classes each : lacking.classes()) {
      BitSet ofModel = classes.computeIfAbsent(each.weights(), weights -> new BitSet());
      each.tasks().stream()
          .mapToObj(labelSpace.tasks()::get)
          .mapToInt(this::number)
          .forEach(ofModel::set);
    }
  }

  private int number(LabelSpace.Task task) {
    return numbers.computeIfAbsent(
        task,
        added -> {
          tasks.add(added);
          return tasks.size() - 1;
        });
  }

  /** The requests, without a duplicate. */
  List<EncodeRequest> requests() {
    Set<EncodeRequest> requests = new LinkedHashSet<>(pictures);
    classes.forEach(
        (weights, ofModel) ->
            ofModel.stream()
                .mapToObj(tasks::get)
                .map(task -> EncodeRequest.ofClasses(weights, task))
                .forEach(requests::add));
    return List.copyOf(requests);
  }
}
