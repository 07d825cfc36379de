package dev.braid.cli.terminal;

import dev.braid.model.Check;
import dev.braid.model.record.Version;
import dev.braid.store.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The version that a command works on. */
public final class VersionOption {
  @Parameters(
      arity = "0..1",
      paramLabel = "V",
      description = "The version's number (default: the head).")
  @Nullable Integer number;

  /** Whether a number is given. */
  public boolean isNumbered() {
    return number != null;
  }

  /** The version with the given number, or the head. */
  public Version of(Versions line) {
    List<Version> all = line.all();
    Check.argument(!all.isEmpty(), "Line %s has no version yet (see 'braid status')", line.line());
    if (number == null) {
      return all.get(all.size() - 1);
    }
    return find(line, number);
  }

  /**
   * The version with this number.
   *
   * @throws IllegalArgumentException if the line has no such version
   */
  public static Version find(Versions line, int number) {
    return line.find(number)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Line %s has no version %s ('braid log' lists them)"
                        .formatted(line.line(), number)));
  }
}
