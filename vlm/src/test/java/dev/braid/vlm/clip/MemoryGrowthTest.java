package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the memory in the last tenth of a long work against that in the first.
 *
 * <p>An array of a step or of a batch is tens of KiB there, so one that were forgotten each time
 * would be seen many times over.
 */
@Tag("long")
class MemoryGrowthTest {
  private static final long MEBIBYTE = 1024; // of KiB

  @ParameterizedTest
  @CsvSource({"train, 2000 training steps", "encode, 10000 encoded pictures"})
  void work_ofMinutes_takesNoMoreMemoryInTheEnd(String work, String what) throws Exception {
    long[] kibibytes = run(work);

    System.out.printf(
        "%s: %s KiB of heap in the first tenth, %s in the last; %s and %s of native memory%n",
        what, kibibytes[0], kibibytes[1], kibibytes[2], kibibytes[3]);
    assertThat(kibibytes[1] - kibibytes[0]).as("heap").isLessThan(MEBIBYTE);
    assertThat(kibibytes[3] - kibibytes[2]).as("native").isLessThan(2 * MEBIBYTE);
  }

  /*
   * In a process of its own with one pool of native memory, and without the second compiler, which
   * takes more for itself in the first minutes than all that is measured.
   */
  private static long[] run(String work) throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryGrowth.class.getName(),
                work));
    program.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return Arrays.stream(said.strip().split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
