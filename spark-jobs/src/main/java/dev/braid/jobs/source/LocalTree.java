package dev.braid.jobs.source;

import dev.braid.jobs.source.SourceEntry.Kind;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.StoreAccessException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Lists all files below a local folder, in a process of any locale. */
public final class LocalTree {
  private final Path root;
  private final LocalFiles files = new LocalFiles();
  private final List<FileEntry> found = new ArrayList<>();

  private LocalTree(String root) {
    this.root = new Path(root);
  }

  /**
   * The files below a folder, by their paths below it, without those of {@link SystemEntries}; what
   * cannot be read is among them. A file is listed as the one of an empty name.
   *
   * @throws RefusedDatasetException if it is not there, or a folder cannot be listed
   * @throws StoreAccessException if it cannot be listed now; a later call may succeed
   */
  public static List<FileEntry> files(String root) {
    LocalTree tree = new LocalTree(root);
    try {
      tree.list();
    } catch (FileNotFoundException e) {
      throw tree.refused("no such file or folder");
    } catch (IOException e) {
      throw new StoreAccessException("list", root, e);
    }
    return tree.found;
  }

  private void list() throws IOException {
    SourceEntry entry = files.entry(root);
    if (entry.kind() == Kind.FOLDER) {
      walk("", new HashSet<>());
    } else {
      found.add(new FileEntry("", entry.bytes(), entry.modified()));
    }
  }

  /**
   * Adds the files below a folder of the root.
   *
   * @param above where the folders above it really are
   */
  private void walk(String folder, Set<String> above) throws IOException {
    Path path = folder.isEmpty() ? root : FolderPaths.path(root, folder);
    String real = files.realPath(path);
    if (!above.add(real)) {
      throw refused("the link %s leads back to a folder above it".formatted(folder));
    }
    for (SourceEntry entry : entries(path, folder)) {
      String name = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
      if (entry.kind() == Kind.FOLDER) {
        walk(name, above);
      } else {
        found.add(new FileEntry(name, entry.bytes(), entry.modified()));
      }
    }
    above.remove(real);
  }

  private List<SourceEntry> entries(Path path, String folder) throws IOException {
    try {
      return files.entries(path).stream()
          .filter(entry -> !SystemEntries.include(entry.name()))
          .toList();
    } catch (UnreadableFileException e) {
      throw refused(
          folder.isEmpty()
              ? e.why()
              : "the folder %s cannot be read: %s".formatted(folder, e.why()));
    }
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException("Cannot read pictures from %s: %s", root, why);
  }
}
