package dev.braid.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that this process may not read, whoever runs it. */
public final class ClosedFile {
  /** Each kind of bus has one: Linux refuses to read it even to root. */
  private static final Path BUSES = Path.of("/sys/bus");

  private ClosedFile() {}

  /** One in the folder; elsewhere if root runs this, who may read everything there. */
  public static Path in(Path folder) throws IOException {
    Path own = Files.writeString(folder.resolve("closed"), "text");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("---------"));
    return isClosed(own) ? own : writeOnly();
  }

  private static Path writeOnly() throws IOException {
    try (DirectoryStream<Path> buses = Files.newDirectoryStream(BUSES)) {
      for (Path bus : buses) {
        Path file = bus.resolve("drivers_probe");
        if (Files.exists(file) && isClosed(file)) {
          return file;
        }
      }
    }
    throw new IllegalStateException("Cannot find a file below " + BUSES + " that may not be read");
  }

  private static boolean isClosed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var unused = in.read();
      return false;
    } catch (AccessDeniedException e) {
      return true;
    }
  }
}
