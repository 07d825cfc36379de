package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.merge.blend.Average;
import dev.braid.merge.blend.MagnitudeCount;
import dev.braid.merge.blend.Ties;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blends of stored deltas of several shards, against one loop over the whole vectors. */
final class BlendJobTest extends MergeFixture {
  @Test
  void run_withAShareOfTheLargest_countsItOverTheWholeDelta() {
    float[][] deltas = {given.randomDelta(1), given.randomDelta(2), given.randomDelta(3)};
    Ties ties = new Ties(0.2, 1);
    float[] expected = new float[deltas[0].length];
    float[] least = new float[deltas.length];
    for (int task = 0; task < deltas.length; task++) {
      float[] magnitudes = new float[expected.length];
      for (int j = 0; j < magnitudes.length; j++) {
        magnitudes[j] = Math.abs(deltas[task][j]);
      }
      Arrays.sort(magnitudes);
      least[task] = magnitudes[magnitudes.length - (int) Math.round(0.2 * magnitudes.length)];
    }
    ties.merge(deltas, least, expected);

    Digest blended = new BlendJob(spark, given.location).run(ties, stored(deltas));

    assertThat(read(blended)).containsExactly(expected);
  }

  @Test
  void run_again_blendsNothing() {
    List<Digest> deltas = stored(given.randomDelta(1), given.randomDelta(2));
    Digest first = new BlendJob(spark, given.location).run(new Average(), deltas);
    int jobs = jobs();
    assertThat(jobs).isPositive();
    assertThat(new BlendJob(spark, given.location).run(new Average(), deltas)).isEqualTo(first);
    assertThat(jobs()).isEqualTo(jobs);
  }

  @Test
  void run_withoutDeltas_isRefused() {
    assertThatThrownBy(() -> new BlendJob(spark, given.location).run(new Average(), List.of()))
        .hasMessage("Cannot blend: no deltas (at least one)");
  }

  /** Spark may apply one deserialized function to several shards. */
  @Test
  void countShard_appliedTwice_countsOnce() {
    Blob delta = given.store.blobs().get(stored(given.randomDelta(1)).get(0));
    BlendJob.CountShard count =
        new BlendJob.CountShard(given.location, delta, MagnitudeCount.coarse());

    List<MagnitudeCount> counts = List.of(count.call(0), count.call(0));

    for (MagnitudeCount each : counts) {
      assertThatThrownBy(() -> each.find(256))
          .hasMessage("Cannot find a magnitude behind 256 others: there are 256");
    }
  }

  private List<Digest> stored(float[]... deltas) {
    return IntStream.range(0, deltas.length)
        .mapToObj(i -> given.task("task-" + i, deltas[i]).delta())
        .toList();
  }

  private float[] read(Digest delta) {
    return given.store.blobs().readFloats(given.store.blobs().get(delta));
  }

  private static int jobs() {
    return spark.sc().statusTracker().getJobIdsForTag("braid-stage-blend").length;
  }
}
