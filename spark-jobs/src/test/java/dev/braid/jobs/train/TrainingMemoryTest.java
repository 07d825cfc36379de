package dev.braid.jobs.train;

import static dev.braid.jobs.train.TrainingMemory.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static final long GIB = 1024 * MIB;
  private static final long COORDINATES = 149_620_736;

  private static TrainingMemory vitB16(long activations, long pictures, boolean isAligned) {
    return TrainingMemory.of(
        new TrainingMemory.Size(
            COORDINATES + 1, 49_408L * 512, COORDINATES, isAligned, activations, pictures),
        new TrainingLimits(256 * MIB, 0));
  }

  @Test
  void of_vitB16_countsWeightsGradientsMomentsAndActivations() {
    TrainingMemory plain = vitB16(GIB, 100 * MIB, false);

    assertThat(plain.outside()).isEqualTo(4 * (4 * COORDINATES + 1) + GIB + 300 * MIB);
    assertThat(plain.heap()).isEqualTo(100 * MIB + 128 * MIB + 8 * 49_408L * 512 + 64 * MIB);
    assertThat(vitB16(GIB, 100 * MIB, true).outside() - plain.outside())
        .isEqualTo(2 * 4 * COORDINATES);
  }

  @Test
  void of_morePicturesThanStayInMemory_countsThoseThatStay() {
    assertThat(vitB16(GIB, 100 * GIB, false)).isEqualTo(vitB16(GIB, 256 * MIB, false));
  }

  @Test
  void slots_ofVitB16OnSixteenCores_followTheScarcerMemory() {
    TrainingMemory training = vitB16(GIB, GIB, false);
    TrainingLimits limits = new TrainingLimits(256 * MIB, 0);

    // About 3.6 GiB outside the heap and 0.63 GiB of the heap each.
    assertThat(ExecutorMemory.of(16 * GIB, 80 * GIB, limits).slots(training, 16)).isEqualTo(16);
    assertThat(ExecutorMemory.of(16 * GIB, 48 * GIB, limits).slots(training, 16)).isEqualTo(9);
    assertThat(ExecutorMemory.of(4 * GIB, 80 * GIB, limits).slots(training, 16)).isEqualTo(4);
    assertThat(ExecutorMemory.of(4 * GIB, 6 * GIB, limits).slots(training, 16)).isZero();
    // The setting counts, not the host's memory.
    TrainingLimits shared = new TrainingLimits(256 * MIB, 8 * GIB);
    assertThat(ExecutorMemory.of(16 * GIB, 80 * GIB, shared).slots(training, 16)).isEqualTo(2);
  }
}
