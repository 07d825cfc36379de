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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which errors of a local disk may pass by themselves.
 *
 * @param isEnglish whether the system words its errors in English
 * @param lasting the system's texts of errors that stay
 */
record DiskErrors(boolean isEnglish, Set<String> lasting) {
  /*
   * Java has no error numbers: it has a class for few of them, and the system's text for the others,
   * in the language of the process. In English, the texts of errors that may pass are known. In
   * another language, every error of the system may pass, unless its class or its text says that it
   * stays. The texts of such errors are learned by provoking them. One that cannot be provoked is
   * repeated in vain, which costs a second.
   */

  /*
   * The system's texts for transient errors: EIO, ESTALE, EAGAIN, ETIMEDOUT, EINTR, EBUSY, EMFILE
   * and ENFILE. A file that is missing, a disk that is full and a permission that is denied stay so.
   */
  private static final Pattern TRANSIENT =
      Pattern.compile(
          "Input/output error|Stale file handle|Resource temporarily unavailable"
              + "|Connection timed out|Interrupted system call|Device or resource busy"
              + "|Too many open files");

  private static final Path BELOW_A_FILE = Path.of("/dev/null/file");
  private static final Path MISSING = Path.of("/proc/no-such-file");
  private static final Path FOLDER = Path.of("/");
  private static final Path FULL_DISK = Path.of("/dev/full");

  /** The errors of this process, whose language does not change. */
  static final DiskErrors HERE = learned();

  DiskErrors {
    lasting = Set.copyOf(lasting);
  }

  /** Whether the same operation may succeed a moment later. */
  boolean isTransient(IOException e) {
    String text = e.getMessage();
    if (text == null) {
      return false;
    }
    return TRANSIENT.matcher(text).find()
        || (!isEnglish && isOfTheSystem(e) && lasting.stream().noneMatch(text::endsWith));
  }

  /** Whether Java made the exception of an error number for which it has no class. */
  private static boolean isOfTheSystem(IOException e) {
    if (e.getClass() == FileSystemException.class) {
      return true;
    }
    StackTraceElement[] stack = e.getStackTrace();
    return (e.getClass() == IOException.class || e.getClass() == FileNotFoundException.class)
        && stack.length > 0
        && stack[0].isNativeMethod();
  }

  private static DiskErrors learned() {
    Optional<String> notDirectory =
        text(() -> Files.readAttributes(BELOW_A_FILE, BasicFileAttributes.class));
    Set<String> lasting =
        Stream.of(
                notDirectory,
                text(() -> new FileInputStream(MISSING.toFile()).close()),
                text(() -> new FileInputStream(FOLDER.toFile()).close()),
                text(() -> Files.write(FULL_DISK, new byte[1], StandardOpenOption.WRITE)))
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return new DiskErrors(notDirectory.map("Not a directory"::equals).orElse(true), lasting);
  }

  /** An operation that fails. */
  private interface Provocation {
    void run() throws IOException;
  }

  /** The system's text for the error; empty if there was none, or Java has a class for it. */
  private static Optional<String> text(Provocation provocation) {
    try {
      provocation.run();
      return Optional.empty();
    } catch (FileSystemException e) {
      return Optional.ofNullable(e.getReason());
    } catch (FileNotFoundException e) { // its message is "<path> (<text>)"
      return Optional.ofNullable(e.getMessage())
          .map(text -> text.substring(text.indexOf(" (") + 1));
    } catch (IOException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
