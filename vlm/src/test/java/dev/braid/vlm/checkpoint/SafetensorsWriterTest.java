package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final NamedTensor SCALAR = new NamedTensor(TensorSpec.of("z"), new float[] {-2});
  private static final NamedTensor PAIR =
      new NamedTensor(TensorSpec.of("a.weight", 1, 2), new float[] {1, 100});

  @Test
  void write_ofTwoTensors_laysOutTheseBytes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");

    SafetensorsWriter.write(file, new MapWeights(List.of(SCALAR, PAIR)));

    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"z\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
    byte[] bytes = Files.readAllBytes(file);
    int length = bytes.length - 8 - 12;
    assertThat(length % 8).isZero();
    assertThat(bytes).startsWith((byte) length, (byte) 0, (byte) 0, (byte) 0);
    assertThat(new String(bytes, 8, length, UTF_8))
        .isEqualTo(header + " ".repeat(length - header.length()));
    assertThat(bytes).endsWith(0, 0, 0x80, 0x3f, 0, 0, 0xc8, 0x42, 0, 0, 0, 0xc0);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Property(tries = 30)
  void write_thenRead_givesEveryBitInAnyOrder(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 40) Integer> lengths,
      @ForAll Random random)
      throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int length : lengths) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = Float.intBitsToFloat(random.nextInt());
      }
      tensors.add(new NamedTensor(TensorSpec.of("tensor \"ü\" " + tensors.size(), length), values));
    }
    Path file = Files.createTempFile("round-trip", ".safetensors");
    try {
      SafetensorsWriter.write(file, new MapWeights(tensors));
      byte[] ordered = Files.readAllBytes(file);
      SafetensorsFile stored = SafetensorsFile.open(file);
      for (NamedTensor tensor : tensors) {
        assertThat(bits(stored.read(tensor.spec().name()).values()))
            .isEqualTo(bits(tensor.values()));
      }
      Collections.shuffle(tensors, random);
      SafetensorsWriter.write(file, new MapWeights(tensors));
      assertThat(Files.readAllBytes(file)).isEqualTo(ordered);
    } finally {
      Files.delete(file);
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void write_ofWeightsThatBreakTheirWord_refusesAndLeavesTheFile(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "before");
    assertThatThrownBy(
            () -> SafetensorsWriter.write(file, telling(List.of(SCALAR, PAIR), List.of(PAIR))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write weights: 2 tensors were announced, 1 written");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, telling(List.of(PAIR), List.of(SCALAR))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write weights: tensor z was not announced");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, new MapWeights(List.of(PAIR, PAIR))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write weights: there are two tensors a.weight");
    assertThat(file).hasContent("before");
  }

  private static Weights telling(List<NamedTensor> told, List<NamedTensor> coming) {
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return new MapWeights(told).tensors();
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        new MapWeights(coming).forEach(reader);
      }
    };
  }
}
