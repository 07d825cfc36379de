package dev.braid.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Braid's side of the comparison, in a separate process so that its memory can be measured.
 *
 * <p>Implements the line protocol that {@code train.py} describes.
 */
public final class TrainWorker {
  private TrainWorker() {}

  /** Runs the worker; the arguments are the kind of work, the model and the batch. */
  public static void main(String[] arguments) throws IOException {
    Trial trial = new Trial(TrialModel.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
    PrintStream out = new PrintStream(System.out, /* autoFlush= */ true, UTF_8);
    try (Work work = Work.of(Measured.valueOf(arguments[0]), trial);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      StringBuilder ready =
          new StringBuilder("ready " + Platform.facts(Device.CPU).get("libtorch"));
      for (int i = 0; i < Trial.WARM_UP; i++) {
        ready.append(' ').append(work.once());
      }
      out.println(ready);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answer(work, line));
      }
    }
  }

  private static String answer(Work work, String line) throws IOException {
    return line.equals("peak")
        ? Long.toString(peakBytes())
        : Double.toString(seconds(work, Integer.parseInt(line)));
  }

  /** The CPU time of this process for this many repetitions of the work. */
  private static double seconds(Work work, int times) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = system.getProcessCpuTime();
    for (int i = 0; i < times; i++) {
      work.once();
    }
    return (system.getProcessCpuTime() - start) / 1e9;
  }

  private static long peakBytes() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      String peak = status.filter(line -> line.startsWith("VmHWM")).findFirst().orElseThrow();
      return Long.parseLong(peak.replaceAll("\\D", "")) * 1024;
    }
  }
}
