package dev.braid.store.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.regex.Pattern;

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
   * stays (LearnedErrors). One that cannot be provoked is repeated in vain, which costs a second.
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
}
