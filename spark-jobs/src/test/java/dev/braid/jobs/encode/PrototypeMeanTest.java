package dev.braid.jobs.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.store.FeatureChunk;
import org.junit.jupiter.api.Test;

class PrototypeMeanTest {
  private static final float[][] PROMPTS = {{1, 0}, {0, 1}};

  @Test
  void vectors_ofPicturesAndPrompts_areTheUnitVectorsOfTheirMeans() {
    PrototypeMean mean = new PrototypeMean(2, PROMPTS, 1);
    mean.add(new FeatureChunk(new int[] {1, 1}, new float[][] {{1, 0}, {1, 0}}));
    float half = (float) Math.sqrt(0.5);
    assertThat(mean.vectors()).containsExactly(1, 0, half, half);
  }

  @Test
  void vectors_thatCancelOut_areRefused() {
    PrototypeMean mean = new PrototypeMean(2, PROMPTS, 1);
    mean.add(new FeatureChunk(new int[] {1}, new float[][] {{0, -1}}));
    assertThatThrownBy(mean::vectors)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot compute the prototype of class number 1: the mean of its vectors has the length"
                + " 0.0");
  }
}
