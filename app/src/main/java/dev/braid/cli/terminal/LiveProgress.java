package dev.braid.cli.terminal;

import dev.braid.jobs.stage.ProgressListener;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints a run's progress: finished steps as lines with the elapsed time, running trainings as one
 * line that is overwritten on a terminal, or as an occasional line elsewhere.
 */
final class LiveProgress implements ProgressListener {
  private static final long PLAIN_INTERVAL_NANOS = Duration.ofSeconds(15).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private final Map<String, String> trainings = new TreeMap<>(); // guarded by this
  private long lastPlain = System.nanoTime(); // guarded by this

  private LiveProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Progress for this output; a system property that the launcher sets says whether it is a
   * terminal.
   */
  static LiveProgress to(PrintWriter out) {
    return new LiveProgress(out, isTerminal());
  }

  /** Ends the line of running trainings, if the output is a terminal. */
  static void endLine(PrintStream stream) {
    if (isTerminal()) {
      stream.println();
    }
  }

  private static boolean isTerminal() {
    return Boolean.getBoolean("braid.terminal");
  }

  @Override
  public synchronized void say(String line) {
    clear();
    out.println(stamp() + line);
    redraw();
  }

  @Override
  public synchronized void training(String label, int step, int steps, float loss) {
    if (step >= steps) {
      trainings.remove(label);
      say("%s: trained %d steps, loss %s".formatted(label, steps, decimal(loss)));
    } else {
      trainings.put(label, "%s %d/%d".formatted(label, step, steps));
      printTrainings();
    }
  }

  private void printTrainings() {
    if (terminal) {
      clear();
      redraw();
    } else if (System.nanoTime() - lastPlain > PLAIN_INTERVAL_NANOS) {
      lastPlain = System.nanoTime();
      out.println(stamp() + trainingLine());
      out.flush();
    }
  }

  private void clear() {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
  }

  private void redraw() {
    if (terminal && !trainings.isEmpty()) {
      out.print(stamp() + trainingLine());
    }
    out.flush();
  }

  private String trainingLine() {
    return trainings.values().stream().collect(Collectors.joining(", ", "training ", ""));
  }

  private String stamp() {
    long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
    return String.format(Locale.ROOT, "[%d:%02d] ", seconds / 60, seconds % 60);
  }

  private static String decimal(float value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
