package dev.braid.store.file;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A program that learns the errors of its disks while it has no file handle. */
final class StarvedProcess {
  private static final PrintStream OUT =
      new PrintStream(
          new FileOutputStream(FileDescriptor.out), /* autoFlush= */ true, StandardCharsets.UTF_8);

  private StarvedProcess() {}

  /** Prints what it learns without a handle, and later with one. */
  public static void main(String[] arguments) throws IOException {
    // Classes are loaded while there are handles.
    var unused = new LearnedErrors(ProvokedError::text).get();
    LearnedErrors learned = new LearnedErrors(ProvokedError::text);
    List<InputStream> all = takeAll();
    Set<String> starved = learned.get().lasting();
    for (InputStream each : all) {
      each.close();
    }
    Set<String> fed = learned.get().lasting();
    OUT.println("starved: " + starved);
    OUT.println("fed: " + fed.stream().sorted().toList());
  }

  private static List<InputStream> takeAll() {
    List<InputStream> all = new ArrayList<>();
    while (true) {
      try {
        all.add(new FileInputStream("/dev/null"));
      } catch (IOException e) { // no handle is left
        return all;
      }
    }
  }
}
