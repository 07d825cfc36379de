package dev.braid.cli.terminal;

import dev.braid.store.json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What a command says: lines for people, then, where it is asked for, its result as JSON. */
public final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Console(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** Says a line. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Says a formatted line. */
  public void line(String format, Object... values) {
    line(String.format(java.util.Locale.ROOT, format, values));
  }

  /** Says what went wrong. */
  public void error(String format, Object... values) {
    err.println("braid: " + String.format(java.util.Locale.ROOT, format, values));
    err.flush();
  }

  /** The result for programs: the last line, if --json asks for it. */
  public void result(JsonObject result) {
    if (json) {
      line(new String(result.bytes(), StandardCharsets.UTF_8));
    }
  }
}
