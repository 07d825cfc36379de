package dev.braid.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * What somebody hears who stops the program with Ctrl-C, or by SIGTERM: one sentence.
 *
 * <p>The JVM then exits with 130 or 143 of its own accord, once Spark has stopped. What Spark, and
 * the command that loses it, complain about on the way says nothing new and is not shown.
 */
public final class ShutdownMessage {
  private static final String SENTENCE = "braid: Stopped; what was done is kept.";

  private final PrintStream error;
  private volatile boolean ended;
  private volatile boolean stopped;

  private ShutdownMessage(PrintStream error) {
    this.error = error;
  }

  /** Watches this process; to be called before a logger takes hold of the standard error. */
  public static ShutdownMessage watch() {
    ShutdownMessage shutdownMessage = new ShutdownMessage(System.err);
    System.setErr(shutdownMessage.untilStopped());
    Runtime.getRuntime().addShutdownHook(new Thread(shutdownMessage::tell));
    return shutdownMessage;
  }

  /** The command has come to its end: from here on nothing is interrupted. */
  public void end() {
    ended = true;
  }

  private void tell() {
    if (!ended) {
      stopped = true;
      LiveProgress.endLine(error);
      error.println(SENTENCE);
    }
  }

  private PrintStream untilStopped() {
    // JDK 18 and newer have the property, and a default that need not be the terminal's.
    String charset = System.getProperty("stderr.encoding", Charset.defaultCharset().name());
    return new PrintStream(new UntilStopped(), /* autoFlush= */ true, Charset.forName(charset));
  }

  /** The standard error, which falls silent when the program is stopped. */
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
