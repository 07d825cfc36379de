package dev.braid.cli.terminal;

import java.util.Arrays;
import java.util.Optional;

/** The encoding of the process's locale, in which Java reads the arguments of the command. */
public final class Encoding {
  private static final char LOST = '\ufffd'; // what Java reads for bytes that are not in it

  private Encoding() {}

  /**
   * A sentence about the first argument that the encoding cannot express; empty if there is none.
   */
  public static Optional<String> complaint(String[] arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> argument.indexOf(LOST) >= 0)
        .findFirst()
        .map(
            argument ->
                "Cannot read the argument %s: it is not in the encoding of this process's locale, %s"
                        .formatted(
                            argument.replace(LOST, '?'), System.getProperty("sun.jnu.encoding"))
                    + " (set LC_ALL=C.UTF-8)");
  }
}
