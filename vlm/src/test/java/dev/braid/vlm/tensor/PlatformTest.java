package dev.braid.vlm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private static final Set<String> OLDER = Set.of("sse4_2", "avx2", "fma");
  private static final Set<String> NEWER =
      Set.of("avx2", "fma", "avx512f", "avx512vl", "avx512bw", "avx512dq");

  @Test
  void capability_isTheBestThatTheCpuHasAllFeaturesOf() {
    assertThat(Platform.capability(Map.of(), Set.of("sse4_2", "avx2"))).isEqualTo("default");
    assertThat(Platform.capability(Map.of(), OLDER)).isEqualTo("avx2");
    assertThat(Platform.capability(Map.of(), NEWER)).isEqualTo("avx512");
  }

  @Test
  void capability_chosenByTheEnvironment_winsOverTheCpus() {
    assertThat(Platform.capability(Map.of("ATEN_CPU_CAPABILITY", "AVX2"), NEWER)).isEqualTo("avx2");
  }

  @Test
  void bfloat16_isTheWidestUnitThatTheCpuHas() {
    assertThat(Platform.bfloat16(NEWER)).isEqualTo("none");
    assertThat(Platform.bfloat16(Set.of("avx512_bf16"))).isEqualTo("avx512");
    assertThat(Platform.bfloat16(Set.of("avx512_bf16", "amx_bf16"))).isEqualTo("amx");
  }

  @Test
  void facts_nameAllThatBitsDependOn() {
    assertThat(Platform.facts(Device.CPU))
        .containsOnlyKeys("cpu-bfloat16", "cpu-capability", "device", "libtorch", "torch-threads")
        .containsEntry("libtorch", "2.7.1")
        .containsEntry("device", "cpu")
        .containsEntry("torch-threads", "1");
  }
}
