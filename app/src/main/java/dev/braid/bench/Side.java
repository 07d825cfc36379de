package dev.braid.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One side of a comparison: a process that reads lines and answers each with a number. */
public final class Side implements AutoCloseable {
  private final String name;
  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;
  private final String version;
  private final double[] checks;

  private Side(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.to = new PrintStream(process.getOutputStream(), /* autoFlush= */ true, UTF_8);
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    List<String> ready = Arrays.asList(answer().split(" ", -1));
    this.version = ready.get(1);
    this.checks = ready.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
  }

  /** Starts the process and waits until it has warmed up; it inherits the standard error. */
  public static Side start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      return new Side(name, process);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The version of its libtorch. */
  String version() {
    return version;
  }

  /** The results of its warm-up, to compare with the other side's. */
  double[] checks() {
    return checks.clone();
  }

  /** The seconds of this many repetitions: CPU time, unless the process measures otherwise. */
  public double seconds(int times) throws IOException {
    to.println(times);
    return Double.parseDouble(answer());
  }

  /** The peak memory in bytes. */
  public long peakBytes() throws IOException {
    to.println("peak");
    return Long.parseLong(answer());
  }

  private String answer() throws IOException {
    return Optional.ofNullable(from.readLine())
        .orElseThrow(
            () ->
                new IllegalStateException("Cannot measure %s: its process ended".formatted(name)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
