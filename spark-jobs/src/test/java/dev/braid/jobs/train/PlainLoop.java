package dev.braid.jobs.train;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.Split;
import dev.braid.model.Weights;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Conflicts;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.Picture;
import dev.braid.vlm.train.StateVector;
import dev.braid.vlm.train.TrainState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The oracle of a training: all steps in this thread, then the difference to the base. */
final class PlainLoop {
  private PlainLoop() {}

  /** The delta of a training without alignment. */
  static float[] delta(StoreLocation location, Training training, Weights start)
      throws IOException {
    return delta(location, training, start, new ArrayList<>());
  }

  /** The delta of an aligned training from an earlier delta; adds to the conflicts. */
  static float[] delta(
      StoreLocation location, Training training, Digest start, List<Conflicts> conflicts)
      throws IOException {
    Weights tuned =
        new WeightsRef.Tuned(training.space(), start).weights(ModelStore.open(location));
    return delta(location, training, tuned, conflicts);
  }

  private static float[] delta(
      StoreLocation location, Training training, Weights start, List<Conflicts> conflicts)
      throws IOException {
    ModelStore store = ModelStore.open(location);
    List<Picture> train =
        new DatasetReader(store.objects(), store.records().dataset(training.dataset()))
            .shard(Split.TRAIN, 0, 1);
    try (FineTuning tuning =
        MicroStore.DEFINITION.startTraining(
            Device.CPU,
            start,
            training.space(),
            training.settings(),
            List.of("a b cat", "a b dog"))) {
      Alignment alignment = training.alignment();
      if (alignment != null) {
        tuning.align(alignment, MicroStore.weights(1));
      }
      tuning.run(
          MicroTraining.STEPS,
          train,
          new FineTuning.Progress() {
            @Override
            public void stepped(int step, float loss, double rate) {}

            @Override
            public void aligned(Conflicts found) {
              conflicts.add(found);
            }
          });
      TrainState state = tuning.state();
      float[] delta = new float[(int) state.coordinates()];
      state.copyOut(StateVector.WEIGHTS, 0, delta, delta.length);
      int[] next = {0};
      MicroStore.weights(1).forEach(tensor -> subtract(tensor, training, delta, next));
      return delta;
    }
  }

  private static void subtract(NamedTensor base, Training training, float[] delta, int[] next) {
    if (training.space().tensors().contains(base.spec())) {
      for (float value : base.values()) {
        delta[next[0]++] -= value;
      }
    }
  }
}
