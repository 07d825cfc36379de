package dev.braid.store.commit;

import dev.braid.store.file.Folder;
import java.util.List;
import java.util.Optional;

/** A commit log as files of a folder. */
record FolderLog(Folder folder, ExclusiveCreation creation) implements CommitLog {
  @Override
  public boolean create(String name, byte[] content) {
    return !folder.contains(name) && creation.create(name, content);
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
