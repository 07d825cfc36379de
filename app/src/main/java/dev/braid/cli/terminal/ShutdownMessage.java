package dev.braid.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Prints one sentence when the program is stopped with Ctrl-C or SIGTERM.
 *
 * <p>The JVM then exits with 130 or 143 by itself, once Spark has stopped. Errors that Spark and
 * the interrupted command report during the shutdown are expected and are not shown.
 */
public final class ShutdownMessage {
  private static final String SENTENCE = "braid: Stopped; what was done is kept.";

  private final PrintStream error;
  private volatile boolean ended;
  private volatile boolean stopped;

  private ShutdownMessage(PrintStream error) {
    this.error = error;
  }

  /** Watches this process; call it before a logger captures the standard error. */
  public static ShutdownMessage watch() {
    ShutdownMessage shutdownMessage = new ShutdownMessage(System.err);
    System.setErr(shutdownMessage.untilStopped());
    Runtime.getRuntime().addShutdownHook(new Thread(shutdownMessage::print));
    return shutdownMessage;
  }

  /** Marks the command as finished: the shutdown that follows is not an interruption. */
  public void end() {
    ended = true;
  }

  private void print() {
    if (!ended) {
      stopped = true;
      LiveProgress.endLine(error);
      error.println(SENTENCE);
    }
  }

  private PrintStream untilStopped() {
    // JDK 18 and newer have the property, and their default charset may differ from the terminal's.
    String charset = System.getProperty("stderr.encoding", Charset.defaultCharset().name());
    return new PrintStream(new UntilStopped(), /* autoFlush= */ true, Charset.forName(charset));
  }

  /** The standard error, discarding output once the program is stopped. */
  private final class UntilStopped extends FilterOutputStream {
    UntilStopped() {
      super(error);
    }

    @Override
    public void write(int value) {
      if (!stopped) {
        error.write(value);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (!stopped) {
        error.write(bytes, from, length);
      }
    }
  }
}
