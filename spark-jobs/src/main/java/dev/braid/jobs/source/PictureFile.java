package dev.braid.jobs.source;

import dev.braid.store.file.FileEntry;
import dev.braid.store.file.FileSystems;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** Reads a file that should be a picture. */
public final class PictureFile {
  private PictureFile() {}

  /**
   * The bytes of the file.
   *
   * @param path any Hadoop path
   * @param options Hadoop's settings for its file system
   * @throws UnreadablePictureException if it is not there, may not be read, or is too large
   * @throws StoreAccessException if the file system fails; a later call may succeed
   */
  public static byte[] read(String path, Map<String, String> options)
      throws UnreadablePictureException {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (slash < 0 || name.isEmpty()) {
      throw new UnreadablePictureException("'%s' names no file".formatted(path));
    }
    if (path.matches(SourceFiles.WEB + ":.*")) { // Hadoop would fetch it
      throw new UnreadablePictureException("nothing is read from the web");
    }
    try {
      if (FileSystems.isLocal(path)) {
        return readLocal(path);
      }
      return read(Folder.of(path.substring(0, Math.max(1, slash)), options), name);
    } catch (IllegalArgumentException e) { // Hadoop's word for a path that it cannot parse
      throw new UnreadablePictureException("'%s' is no path".formatted(path));
    }
  }

  private static byte[] readLocal(String path) throws UnreadablePictureException {
    try {
      return new LocalFiles().read(new Path(path));
    } catch (FileNotFoundException e) {
      throw new UnreadablePictureException("no such file");
    } catch (UnreadableFileException e) {
      throw new UnreadablePictureException(e.why());
    } catch (IOException e) {
      throw new StoreAccessException("read", path, e);
    }
  }

  private static byte[] read(Folder folder, String name) throws UnreadablePictureException {
    try {
      FileEntry entry =
          folder.entry(name).orElseThrow(() -> new UnreadablePictureException("no such file"));
      if (entry.bytes() > SourceFiles.MOST_BYTES) {
        throw new UnreadablePictureException(
            "it has %s bytes (at most %s)".formatted(entry.bytes(), SourceFiles.MOST_BYTES));
      }
      return folder.read(name).orElseThrow(() -> new UnreadablePictureException("no such file"));
    } catch (StoreAccessException e) {
      if (isRefused(e.getCause())) {
        throw new UnreadablePictureException("it may not be read, or is no file");
      }
      throw e;
    }
  }

  private static boolean isRefused(@Nullable Throwable cause) {
    return cause instanceof FileNotFoundException
        || cause instanceof AccessControlException
        || cause instanceof AccessDeniedException;
  }
}
