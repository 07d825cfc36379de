package dev.braid.driver.strategy;

import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.vlm.train.TrainSettingsCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One model that is fine-tuned through the tasks, one after another: it forgets. */
public record Sequential(String name, TrainKind trainKind) implements Strategy {
  @Override
  public String source() {
    return "fine-tuning, the usual lower bound";
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>();
  }

  @Override
  public StreamResult learn(StreamContext context) {
    List<Classifier> steps = new ArrayList<>();
    for (Digest delta : context.sequential(trainKind)) {
      steps.add(context.one(trainKind, delta, steps.size() + 1));
    }
    return StreamResult.of(steps);
  }

  /**
   * The baseline of a line: one model that was fine-tuned through the line's tasks, in their order,
   * with the settings, rounds and pictures with which the line learned them.
   *
   * @param otherwise the rounds of tasks whose records, of format 1, do not contain them
   */
  public static WeightsRef baseline(
      Trainer trainer, ModelStore store, ModelRecord line, Rounds otherwise) {
    Map<String, TrainRequest> requests = new LinkedHashMap<>();
    for (ModelRecord.Learned learned : line.tasks()) {
      TaskRecord task = store.records().task(learned.record());
      requests.put(
          StreamContext.label("control", task.task()),
          new TrainRequest(
              task.dataset(),
              task.templates().get(0),
              TrainSettingsCodec.fromMap(task.training(), task.seed()),
              TrainingRecord.rounds(task, otherwise)));
    }
    List<Digest> deltas = deltas(trainer, line.space(), requests);
    return deltas.isEmpty()
        ? new WeightsRef.Base()
        : new WeightsRef.Tuned(line.space(), deltas.get(deltas.size() - 1));
  }

  /**
   * The delta from the base after each training.
   *
   * @param requests in their order, by the names that progress listeners get
   */
  static List<Digest> deltas(
      Trainer trainer, ParameterSpace space, Map<String, TrainRequest> requests) {
    List<Digest> deltas = new ArrayList<>();
    WeightsRef start = new WeightsRef.Base();
    for (Map.Entry<String, TrainRequest> request : requests.entrySet()) {
      Training training = request.getValue().training(space, start, /* alignment= */ null);
      Digest delta = trainer.train(request.getKey(), training);
      deltas.add(delta);
      start = new WeightsRef.Tuned(space, delta);
    }
    return deltas;
  }
}
