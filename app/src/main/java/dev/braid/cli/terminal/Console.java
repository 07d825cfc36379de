package dev.braid.cli.terminal;

import dev.braid.store.json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A command's output: lines for people, then its result as JSON if {@code --json} is given. */
public final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Console(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** Prints a line. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a formatted line. */
  public void line(String format, Object... values) {
    line(String.format(java.util.Locale.ROOT, format, values));
  }

  /** Prints an error. */
  public void error(String format, Object... values) {
    err.println("braid: " + String.format(java.util.Locale.ROOT, format, values));
    err.flush();
  }

  /** Prints the result for programs as the last line, if {@code --json} is given. */
  public void result(JsonObject result) {
    if (json) {
      line(new String(result.bytes(), StandardCharsets.UTF_8));
    }
  }
}
