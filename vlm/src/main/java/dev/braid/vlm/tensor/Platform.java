package dev.braid.vlm.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The platform class of this JVM, on which the bits of a training depend besides its inputs. */
public final class Platform {
  /*
   * libtorch contains several builds of its kernels and chooses by the CPU's features; its Java
   * binding does not report the choice. This is the rule of ATen's CPU dispatch on x86-64.
   */
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Set<String> AVX512 =
      Set.of("avx512vl", "avx512bw", "avx512dq", "avx2", "fma");
  private static final Set<String> AVX2 = Set.of("avx2", "fma");

  private Platform() {}

  /** The properties, by name, that describe results computed on this device; loads libtorch. */
  public static SortedMap<String, String> facts(Device device) {
    return new TreeMap<>(
        Map.of(
            "libtorch", LibTorch.version(),
            "cpu-capability", capability(System.getenv(), features()),
            "cpu-bfloat16", bfloat16(features()),
            "torch-threads", Integer.toString(TorchThreads.actual().ofOperation()),
            "device", device.kind()));
  }

  /** The kernels that libtorch chooses: {@code avx512}, {@code avx2} or {@code default}. */
  static String capability(Map<String, String> environment, Set<String> features) {
    String best =
        features.containsAll(AVX512) ? "avx512" : features.containsAll(AVX2) ? "avx2" : "default";
    return Optional.ofNullable(environment.get("ATEN_CPU_CAPABILITY"))
        .map(chosen -> chosen.toLowerCase(Locale.ROOT))
        .orElse(best);
  }

  /**
   * The CPU's instructions for products in bfloat16: {@code amx}, {@code avx512} or {@code none}.
   */
  static String bfloat16(Set<String> features) {
    return features.contains("amx_bf16")
        ? "amx"
        : features.contains("avx512_bf16") ? "avx512" : "none";
  }

  private static Set<String> features() {
    try (Stream<String> lines = Files.lines(CPU)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(Arrays.asList(line.split("\\s+", -1))))
          .orElse(Set.of());
    } catch (IOException ignored) { // not Linux: the provenance says default, nothing depends on it
      return Set.of();
    }
  }
}
