package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.UnreadableFileException;
import dev.braid.jobs.source.UnreadablePictureException;
import dev.braid.store.file.StoreAccessException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The path of a picture in a table or a list.
 *
 * @param table its name in messages
 * @param folder a relative path is relative to it; blank if the table has none of its own
 */
record ListedPath(String table, String path, String folder) {
  private static final int LONGEST_NAME = 255; // bytes, on Linux

  /**
   * Reads the file.
   *
   * @throws RefusedDatasetException if it lies outside the folders that may be read, or in the net
   * @throws UnreadablePictureException if it cannot be read for a reason that lies in it
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  byte[] read(AllowedRoots allowed, Configuration configuration) throws UnreadablePictureException {
    checkNotInTheNet();
    try {
      Path file = FolderPaths.path(absolute());
      SourceFiles files = SourceFiles.at(file, configuration);
      SourceFiles.check(files.entry(file)); // a broken link cannot be resolved
      check(allowed, file, configuration);
      return files.read(file);
    } catch (FileNotFoundException e) {
      throw new UnreadablePictureException("no such file");
    } catch (UnreadableFileException e) {
      throw new UnreadablePictureException(e.why());
    } catch (UnsupportedFileSystemException e) {
      throw new UnreadablePictureException("'%s' is on no known file system".formatted(path));
    } catch (IOException e) {
      if (isImpossible(e)) {
        throw noPath();
      }
      throw new StoreAccessException("read the picture", path, e);
    } catch (RefusedDatasetException e) {
      throw e;
    } catch (IllegalArgumentException e) { // Hadoop's and Java's word for what is no path
      throw noPath();
    }
  }

  private void check(AllowedRoots allowed, Path file, Configuration configuration) {
    if (!folder.isBlank()) {
      allowed.checkInside(folder, file, configuration);
    } else {
      allowed.checkNamed(file, configuration);
    }
  }

  private void checkNotInTheNet() {
    if (path.matches(SourceFiles.WEB + "://.*")) {
      throw new RefusedDatasetException(
          "Cannot read pictures from %s: it lists %s, and nothing is fetched from the net (copy the"
              + " pictures to a file system and list their paths)",
          table, path);
    }
  }

  private String absolute() throws UnreadablePictureException {
    if (path.startsWith("/") || path.matches("[a-z][a-z0-9+.-]*:/.*")) {
      return path;
    }
    if (folder.isBlank()) {
      throw new UnreadablePictureException("'%s' is no absolute path".formatted(path));
    }
    return folder + "/" + path;
  }

  /** Whether no file can have this path: a name is too long, or it leads through a file. */
  private boolean isImpossible(IOException failure) {
    boolean hasLongName =
        Stream.of(path.split("/", -1))
            .anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME);
    return failure instanceof FileSystemException && (hasLongName || leadsThroughFile());
  }

  private boolean leadsThroughFile() {
    java.nio.file.Path above = java.nio.file.Path.of("/", folder).resolve(path).getParent();
    while (above != null && java.nio.file.Files.notExists(above)) {
      above = above.getParent();
    }
    return above != null && java.nio.file.Files.isRegularFile(above);
  }

  private UnreadablePictureException noPath() {
    return new UnreadablePictureException("'%s' is no path".formatted(path));
  }
}
