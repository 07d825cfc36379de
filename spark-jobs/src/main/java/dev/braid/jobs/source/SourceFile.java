package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** Reads files of a source. */
final class SourceFile {
  private SourceFile() {}

  /**
   * Reads a whole file.
   *
   * @param what the kind of file, for the error message
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  static byte[] read(String what, Path file, Configuration configuration) {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StoreAccessException("read the " + what, file, e);
    } catch (FSError e) { // how Hadoop reports a fault of a local disk
      throw new StoreAccessException("read the " + what, file, e);
    }
  }
}
