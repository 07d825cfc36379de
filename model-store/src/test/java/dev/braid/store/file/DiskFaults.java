package dev.braid.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that meets real faults of the system and prints how often each was tried. */
final class DiskFaults {
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ true, UTF_8);

  private DiskFaults() {}

  /** Prints one line for each fault; the argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path file = Files.writeString(folder.resolve("file"), "content");
    OUT.println("language " + reason(file.resolve("below")));
    tries("read error", () -> read(Path.of("/proc/self/mem"))); // EIO at offset 0
    tries("missing file", () -> read(file.resolveSibling("missing")));
    tries("folder as a file", () -> read(folder));
    tries("full disk", () -> write(Path.of("/dev/full")));
    OUT.println("below a file: " + below(file).getClass().getSimpleName());
  }

  /** An action that meets a fault. */
  private interface Action {
    void run() throws IOException;
  }

  private static String reason(Path file) throws IOException {
    try {
      return "none: " + Files.size(file);
    } catch (FileSystemException e) {
      return e.getReason();
    }
  }

  private static void tries(String name, Action action) {
    AtomicInteger tries = new AtomicInteger();
    try {
      Retry.of(
          again -> {
            tries.incrementAndGet();
            action.run();
            return true;
          });
      OUT.println(name + " passed");
    } catch (IOException expected) {
      OUT.println("%s tried %s times".formatted(name, tries));
    }
  }

  private static void read(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      var unused = in.read();
    }
  }

  private static void write(Path file) throws IOException {
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      out.write(1);
    }
  }

  private static IOException below(Path file) {
    try {
      LocalDisk.open(Map.of()).getFileStatus(new org.apache.hadoop.fs.Path(file + "/below"));
      return new IOException("none");
    } catch (IOException e) {
      return e;
    }
  }
}
