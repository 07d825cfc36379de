package dev.braid.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.LineId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/** A small run in a separate process that can be killed. */
final class RunProcess {
  private final Process process;
  private final BufferedReader output;
  private final long started;

  private RunProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    String line = output.readLine();
    if (!"begins".equals(line)) {
      throw new IOException("the run did not start: " + line);
    }
    this.started = System.nanoTime();
  }

  /** Starts the process and returns when Spark is up and the run starts. */
  static RunProcess start(Path pictures, Path store, String master) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RunProcess.class.getName(),
            pictures.toString(),
            store.toString(),
            master));
    return new RunProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Waits until this many milliseconds of the run have passed; false if it ended before. */
  boolean waitUntil(long millis) throws InterruptedException {
    long left = millis - (System.nanoTime() - started) / 1_000_000;
    return !process.waitFor(Math.max(0, left), TimeUnit.MILLISECONDS);
  }

  /** Kills the driver. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Kills the executor, the only process that a run starts; false if there is none. */
  boolean killExecutor() {
    return process.descendants().findFirst().map(ProcessHandle::destroyForcibly).orElse(false);
  }

  /** Waits for the end of the run and returns its model digest. */
  String model() throws IOException, InterruptedException {
    String model = output.readLine();
    int code = process.waitFor();
    if (code != 0 || model == null) {
      throw new IOException("the run ended with exit code " + code);
    }
    return model;
  }

  /** The milliseconds since the run started. */
  long millis() {
    return (System.nanoTime() - started) / 1_000_000;
  }

  public static void main(String[] arguments) throws Exception {
    StoreLocation store = StoreLocation.of(arguments[1]);
    try (JavaSparkContext spark =
        new JavaSparkContext(SparkSessions.open(arguments[2], Map.of()).sparkContext())) {
      System.out.println("begins");
      new SmallestRun(Path.of(arguments[0]), spark).run(store);
    }
    System.out.println(
        ModelStore.open(store).versions(LineId.MAIN).head().orElseThrow().model().hex());
  }
}
