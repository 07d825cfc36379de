package dev.braid.store.file;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** An error that stays, and that can be provoked to learn its text in the process's language. */
enum ProvokedError {
  BELOW_A_FILE(() -> Files.readAttributes(Path.of("/dev/null/file"), BasicFileAttributes.class)),
  MISSING(() -> new FileInputStream("/proc/no-such-file").close()),
  FOLDER(() -> new FileInputStream("/").close()),
  FULL_DISK(() -> Files.write(Path.of("/dev/full"), new byte[1], StandardOpenOption.WRITE));

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
  private final Provocation provocation;

  ProvokedError(Provocation provocation) {
    this.provocation = provocation;
  }

  /** An operation that fails. */
  private interface Provocation {
    void run() throws IOException;
  }

  /**
   * The system's text; empty if the error could not be provoked now, because the process has no
   * file handle left, or never can, because the host lacks the file.
   */
  Optional<String> text() {
    Optional<String> text = provoked();
    return isAHandleLeft() ? text : Optional.empty(); // without one, the text is of that
  }

  private Optional<String> provoked() {
    try {
      provocation.run();
      return Optional.empty();
    } catch (FileSystemException e) {
      return Optional.ofNullable(e.getReason()); // none if Java has a class for the error
    } catch (FileNotFoundException e) { // its message is "<path> (<text>)"
      return Optional.ofNullable(e.getMessage())
          .map(text -> text.substring(text.indexOf(" (") + 1));
    } catch (IOException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private static boolean isAHandleLeft() {
    try {
      new FileInputStream("/dev/null").close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
