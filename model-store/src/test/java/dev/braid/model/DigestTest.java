package dev.braid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {
  @Test
  void of_text_isThatOfTheStandard() {
    assertThat(Digest.of("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 16_385, 40_000})
  void of_floats_isThatOfTheirLittleEndianBytes(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < count; j++) {
      values[j] = (float) random.nextGaussian();
      bytes.putFloat(values[j]);
    }

    assertThat(Digest.of(values)).isEqualTo(Digest.of(bytes.array()));
  }
}
