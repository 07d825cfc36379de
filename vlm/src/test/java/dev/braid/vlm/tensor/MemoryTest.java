package dev.braid.vlm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTest {
  static Stream<Device> devices() {
    return Stream.of(Device.CPU, Devices.copyingCpu());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void write_ofSomePlaces_changesTheseAlone(Device device) {
    try (Scope scope = Scope.open(device)) {
      Tensor tensor = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

      tensor.write(2, new float[] {0, 7, Float.NaN, 0}, 1, 2);

      assertThat(tensor.toArray()).containsExactly(1, 2, 7, Float.NaN, 5, 6);
      float[] row = {9, 9, 9, 9};
      tensor.read(4, row, 1, 2);
      assertThat(row).containsExactly(9, 5, 6, 9);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void write_ofAScalar_setsIt(Device device) {
    try (Scope scope = Scope.open(device)) {
      Tensor scalar = scope.constant(3);

      scalar.write(0, new float[] {-0f}, 0, 1);

      assertThat(scalar.toArray()).containsExactly(-0f);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void write_ofMoreThanOnePiece_setsEveryValue(Device device) {
    float[] values = new float[(1 << 20) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    try (Scope scope = Scope.open(device)) {
      assertThat(scope.tensor(values, values.length).toArray()).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void write_isSeenByWhatSharesTheMemory(Device device) {
    try (Scope scope = Scope.open(device)) {
      Tensor parameter = scope.tensor(new float[] {1, 2}, 2);
      Tensor leaf = scope.leaf(parameter);

      parameter.write(0, new float[] {3, 4}, 0, 2);

      assertThat(leaf.times(2).toArray()).containsExactly(6, 8);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void indices_areTheRowsThatTheyName(Device device) {
    try (Scope scope = Scope.open(device)) {
      Tensor table = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

      Tensor rows = table.rows(scope.indices(new long[] {2, 0}, 2));

      assertThat(rows.toArray()).containsExactly(5, 6, 1, 2);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reading_leavesNothingOpenBehind(Device device) {
    try (Scope scope = Scope.open(device)) {
      Tensor tensor = scope.tensor(new float[] {1, 2}, 2);
      for (int i = 0; i < 3; i++) {
        tensor.write(0, tensor.toArray(), 0, 2);
      }
      assertThat(scope.openTensors()).isEqualTo(1);
    }
  }

  @Test
  void values_onADeviceThatShowsCopies_areRefused() {
    try (Scope scope = Scope.open(Devices.copyingCpu())) {
      Tensor tensor = scope.zeros(2);

      assertThatThrownBy(tensor::values)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Cannot access the values of a tensor on cpu without a copy");
    }
  }

  @Test
  void gpu_ofALibtorchWithoutCuda_saysSo() {
    assertThatThrownBy(() -> Device.gpu(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("libtorch has no CUDA, or finds no GPU");
  }
}
