package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.store.commit.CommitLog;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The files of a folder that are named by numbers, such as {@code 000001.json}. */
final class NumberedFiles {
  /*
   * There are always six digits, so the alphabetical order is the order of the numbers. They are
   * ASCII digits in every locale. Files with other names are ignored.
   */
  private static final Pattern NAME = Pattern.compile("[0-9]{6}\\.json");

  private static final int HIGHEST = 999_999;

  private final CommitLog log;
  private final String folder;

  NumberedFiles(CommitLog log, String folder) {
    this.log = log;
    this.folder = folder;
  }

  /** The numbers that have a file, in order. */
  List<Integer> numbers() {
    return log.names(folder).stream()
        .filter(NAME.asMatchPredicate())
        .map(name -> Integer.valueOf(name.substring(0, 6)))
        .filter(number -> number > 0)
        .toList();
  }

  /** The highest number that has a file. */
  OptionalInt highest() {
    return numbers().stream().mapToInt(Integer::intValue).max();
  }

  /**
   * The path of a number's file under the store's root.
   *
   * @throws IllegalArgumentException if no file can have this number
   */
  String path(int number) {
    Check.argument(
        number > 0 && number <= HIGHEST,
        "Invalid number of a file in %s: %s (1 to %s)",
        folder,
        number,
        HIGHEST);
    return String.format(Locale.ROOT, "%s/%06d.json", folder, number);
  }
}
