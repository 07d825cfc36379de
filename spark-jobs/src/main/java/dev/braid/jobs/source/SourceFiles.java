package dev.braid.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Lists and reads the files of a source; an {@link IOException} may be gone at the next try. */
public interface SourceFiles {
  /** The schemes of the web. */
  String WEB = "(?i)(https?|ftp)";

  /** The scheme of the local disk. */
  String LOCAL = "file";

  /** Larger files are not read: they would not fit into memory beside others. */
  long MOST_BYTES = 256L << 20;

  /**
   * The files on a path's file system.
   *
   * @throws UnsupportedFileSystemException if there is none, or it is the web
   */
  static SourceFiles at(Path path, Configuration configuration) throws IOException {
    if (isLocal(path, configuration)) {
      return new LocalFiles();
    }
    if (String.valueOf(path.toUri().getScheme()).matches(WEB)) { // Hadoop would fetch it
      throw new UnsupportedFileSystemException("nothing is read from the web");
    }
    return new HadoopFiles(path.getFileSystem(configuration));
  }

  /**
   * Whether a path is on the local disk. A path without a scheme is where Hadoop's default file
   * system is.
   */
  static boolean isLocal(Path path, Configuration configuration) {
    String scheme = path.toUri().getScheme();
    return LOCAL.equals(
        scheme == null ? FileSystem.getDefaultUri(configuration).getScheme() : scheme);
  }

  /**
   * The entry at a path.
   *
   * @throws FileNotFoundException if there is none
   */
  SourceEntry entry(Path path) throws IOException;

  /**
   * All entries of a folder, in the order of their names.
   *
   * @throws UnreadableFileException if it may not be listed, or a name in it is no text
   */
  List<SourceEntry> entries(Path folder) throws IOException;

  /** Where a folder really is: the same for each link to it. */
  String realPath(Path folder) throws IOException;

  /**
   * The bytes of a file.
   *
   * @throws UnreadableFileException if the file's own state is the reason why it cannot be read
   * @throws FileNotFoundException if it is not there
   */
  byte[] read(Path file) throws IOException;

  /** The first step of a read: refuses what no read could succeed on. */
  static void check(SourceEntry entry) throws UnreadableFileException {
    switch (entry.kind()) {
      case FILE -> {
        if (entry.bytes() > MOST_BYTES) {
          throw new UnreadableFileException(
              "it has %s bytes (at most %s)".formatted(entry.bytes(), MOST_BYTES));
        }
      }
      case FOLDER -> throw new UnreadableFileException("it is a folder");
      case BROKEN_LINK -> throw new UnreadableFileException("it is a link to nothing");
      case CLOSED -> throw new UnreadableFileException(UnreadableFileException.DENIED);
      case SPECIAL ->
          throw new UnreadableFileException("it is no regular file (a pipe, socket or device)");
    }
  }
}
