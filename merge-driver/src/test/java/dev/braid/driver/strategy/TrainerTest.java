package dev.braid.driver.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Digest DELTA = Digest.of(new byte[] {7});
  private static final TrainSettings SETTINGS =
      new TrainSettings(8, 100, 2, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, /* seed= */ 7);

  private static final int THREADS = 4;

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void train_afterAFailure_trainsAgain() {
    Trainer trainer = failingFirst();

    assertThatThrownBy(() -> trainer.train("x", training())).hasMessage("run 1 failed");

    assertThat(trainer.train("x", training())).isEqualTo(DELTA);
    assertThat(trainer.train("x", training())).isEqualTo(DELTA);
    assertThat(runs).hasValue(2);
  }

  /** All who waited for the failed training try again; one of them trains, the others wait. */
  @Test
  void train_ofManyWhoTryAgain_trainsOnceMore() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int race = 0; race < 500; race++) {
        runs.set(0);
        Trainer trainer = failingFirst();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Digest>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    return trainedAtTheSecondTry(trainer);
                  }));
        }
        for (Future<Digest> result : results) {
          assertThat(result.get()).isEqualTo(DELTA);
        }
        assertThat(runs).hasValue(2);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Digest trainedAtTheSecondTry(Trainer trainer) {
    try {
      return trainer.train("x", training());
    } catch (IllegalStateException failure) {
      return trainer.train("x", training());
    }
  }

  private Trainer failingFirst() {
    return new Trainer(
        (training, progress) -> {
          int run = runs.incrementAndGet();
          if (run == 1) {
            throw new IllegalStateException("run 1 failed");
          }
          return DELTA;
        },
        ProgressListener.SILENT);
  }

  private static Training training() {
    ParameterSpace space =
        new ParameterSpace(
            DELTA, new ParameterKind.Full(), List.of(new TensorSpec("w", List.of(2L))));
    return new Training(
        space, DELTA, "a {c}", SETTINGS, new WeightsRef.Base(), /* replicas= */ 1, 10);
  }
}
