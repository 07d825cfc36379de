package dev.braid.cli;

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
final class Interruption {
  private static final String SENTENCE = "braid: Stopped; what was done is kept.";

  private final PrintStream error;
  private volatile boolean ended;
  private volatile boolean stopped;

  private Interruption(PrintStream error) {
    this.error = error;
  }

  /** Watches this process; to be called before a logger takes hold of the standard error. */
  static Interruption watch() {
    Interruption interruption = new Interruption(System.err);
    System.setErr(interruption.untilStopped());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::tell));
    return interruption;
  }

  /** The command has come to its end: from here on nothing is interrupted. */
  void end() {
    ended = true;
  }

  private void tell() {
    if (!ended) {
      stopped = true;
      LiveNarrator.endLine(error);
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
