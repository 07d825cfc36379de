package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** One file of a source of pictures. */
final class SourceFile {
  private SourceFile() {}

  /**
   * All its bytes.
   *
   * @param what names the kind of file in the sentence of an error
   * @throws StoreAccessException if it cannot be read, which may be otherwise next time
   */
  static byte[] read(String what, Path file, Configuration configuration) {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StoreAccessException("read the " + what, file, e);
    } catch (FSError e) { // what Hadoop makes of a local disk's fault
      throw new StoreAccessException("read the " + what, file, e);
    }
  }
}
