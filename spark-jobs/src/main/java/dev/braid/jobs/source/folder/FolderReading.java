package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.PictureReading;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.UnreadableFileException;
import dev.braid.jobs.source.UnreadablePictureException;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pictures of a folder. What all pictures share is found at the first one: each Spark
 * task has a copy of its own.
 */
final class FolderReading implements PictureReading {
  private static final long serialVersionUID = 1;

  private final ImageFolder folder;
  private final Path root;
  private final TreeMap<String, String> options;
  private transient @Nullable OpenFolder open;

  /**
   * Reads from a folder.
   *
   * @param options Hadoop's settings for its file system
   */
  FolderReading(ImageFolder folder, SortedMap<String, String> options) {
    this.folder = folder;
    this.root = new Path(folder.root());
    this.options = new TreeMap<>(options);
  }

  private record OpenFolder(SourceFiles files, AllowedRoots.Permitted permitted) {}

  @Override
  public byte[] read(ListedPicture picture) throws UnreadablePictureException {
    Path file = FolderPaths.path(root, picture.name());
    try {
      OpenFolder there = open();
      SourceFiles.check(there.files().entry(file)); // a broken link cannot be resolved
      there.permitted().check(file);
      return there.files().read(file);
    } catch (UnreadableFileException e) {
      throw new UnreadablePictureException(e.why());
    } catch (IOException e) { // also if it was deleted, or this host does not have it
      throw new StoreAccessException("read the picture", file, e);
    }
  }

  private OpenFolder open() throws IOException {
    OpenFolder known = open;
    if (known == null) {
      Configuration configuration = Configurations.of(options);
      known =
          new OpenFolder(
              SourceFiles.at(root, configuration),
              folder.allowed().inside(folder.root(), configuration));
      open = known;
    }
    return known;
  }
}
