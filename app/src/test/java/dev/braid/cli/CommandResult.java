package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** The result of a command: exit code, output and error output. */
public record CommandResult(int code, String text, String error) {
  /** Runs a command in this process. */
  static CommandResult of(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new CommandResult(code, out.toString(), err.toString());
  }

  /** The last line of the output as JSON. */
  public JsonNode json() {
    List<String> lines = text.lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    } catch (IOException e) {
      throw new AssertionError(text + error, e);
    }
  }
}
