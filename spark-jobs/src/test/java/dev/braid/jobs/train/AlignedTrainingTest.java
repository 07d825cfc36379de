package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import dev.braid.vlm.train.Conflicts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlignedTrainingTest extends TrainingFixture {
  @Test
  void run_aligned_keepsItsBitsAndConflictsThroughAStop() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest first = job.run(micro.training(store, 1, MicroTraining.STEPS), TrainJob.Progress.NONE);
    Training sequential =
        MicroTraining.from(
            micro.training(store, 1, 3), new WeightsRef.Tuned(MicroStore.space(store), first));
    Training unguarded = MicroTraining.aligned(sequential, new Alignment(0, 2, Reset.GLOBAL));
    Training aligned = MicroTraining.aligned(sequential, new Alignment(0.5, 2, Reset.GLOBAL));
    Digest plain = job.run(sequential, TrainJob.Progress.NONE);

    // An alignment that guards nothing is sequential fine-tuning, bit for bit.
    assertThat(job.run(unguarded, TrainJob.Progress.NONE)).isEqualTo(plain);
    assertThatThrownBy(() -> job.run(aligned, (step, steps, loss) -> MicroTraining.stop(step == 3)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> Alignments.of(ModelStore.open(store), aligned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot read the alignments of training \\w+: it is not finished; run it first");
    Digest stopped = job.run(aligned, TrainJob.Progress.NONE);

    List<Conflicts> conflicts = new ArrayList<>();
    assertThat(MicroTraining.floats(store, stopped))
        .isEqualTo(PlainLoop.delta(store, aligned, first, conflicts));
    assertThat(stopped).isNotEqualTo(plain);
    assertThat(conflicts).extracting(Conflicts::step).containsExactly(2, 4);
    assertThat(conflicts).allSatisfy(each -> assertThat(each.insideMask()).isPositive());
    assertThat(Alignments.of(ModelStore.open(store), aligned).conflicts()).isEqualTo(conflicts);
    assertThat(Alignments.of(ModelStore.open(store), sequential).conflicts()).isEmpty();
  }

  @Test
  void training_alignedWithTheBase_hasNoAlignment() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 3);
    assertThat(MicroTraining.aligned(training, new Alignment(0.5, 2, Reset.ZERO)))
        .isEqualTo(training);
  }

  @Test
  void training_alignedOfSeveralReplicas_isRefused() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training =
        MicroTraining.from(
            micro.training(store, 2, 3),
            new WeightsRef.Tuned(MicroStore.space(store), Digest.of("a delta")));
    assertThatThrownBy(() -> MicroTraining.aligned(training, new Alignment(0.5, 2, Reset.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot align a training of 2 replicas: each replica would be reset on its own, and the"
                + " outer step would undo that; set replicas to 1");
  }
}
