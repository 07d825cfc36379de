package dev.braid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ParameterSpaceTest {
  private static final Digest BASE = Digest.of("base");
  private static final ParameterKind FULL = new ParameterKind.Full();
  private static final List<TensorSpec> TENSORS =
      List.of(TensorSpec.of("a", 2, 3), TensorSpec.of("b", 3));

  private static ParameterKind adapter(int rank, float scale, String start) {
    return new ParameterKind.Adapter(List.of("mlp.fc1"), rank, scale, Digest.of(start));
  }

  @Test
  void digest_isThatOfTheFormatsText() {
    assertThat(new ParameterSpace(BASE, FULL, TENSORS).digest())
        .isEqualTo(Digest.of("parameter-space\n" + BASE + "\nfull\na [2, 3]\nb [3]\n"));
    assertThat(new ParameterSpace(BASE, adapter(4, 0.5f, "start"), TENSORS).digest())
        .isEqualTo(
            Digest.of(
                "parameter-space\n%s\nadapter 4 1056964608 %s\ntarget mlp.fc1\na [2, 3]\nb [3]\n"
                    .formatted(BASE, Digest.of("start"))));
  }

  @Test
  void digest_ofWhatMustNotMerge_differs() {
    List<ParameterSpace> spaces =
        List.of(
            new ParameterSpace(BASE, FULL, TENSORS),
            new ParameterSpace(Digest.of("another base"), FULL, TENSORS),
            new ParameterSpace(BASE, FULL, List.of(TENSORS.get(1), TENSORS.get(0))),
            new ParameterSpace(BASE, FULL, TENSORS.subList(0, 1)),
            new ParameterSpace(BASE, adapter(4, 0.5f, "start"), TENSORS),
            new ParameterSpace(BASE, adapter(8, 0.5f, "start"), TENSORS),
            new ParameterSpace(BASE, adapter(4, 0.25f, "start"), TENSORS),
            new ParameterSpace(BASE, adapter(4, 0.5f, "another start"), TENSORS));

    assertThat(spaces.stream().map(ParameterSpace::digest)).doesNotHaveDuplicates();
  }

  @Test
  void coordinates_areThoseOfAllTensors() {
    assertThat(new ParameterSpace(BASE, FULL, TENSORS).coordinates()).isEqualTo(9);
  }

  @Test
  void space_ofTwoTensorsOfOneName_isRefused() {
    List<TensorSpec> twice = Stream.concat(TENSORS.stream(), TENSORS.stream()).toList();

    assertThatThrownBy(() -> new ParameterSpace(BASE, FULL, twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid parameter space: two a");
  }
}
