package dev.braid.store;

import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.json.InboxParser;
import java.util.UUID;
import java.util.stream.Stream;

/** The requests of the inbox with the purged ones, to find and purge those for a task. */
public final class RequestFiles {
  private final StoreFiles files;
  private final Folder folder;

  RequestFiles(StoreFiles files, Folder folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Whether there ever was a request for the task, even if it is purged. */
  public boolean contains(TaskId task) {
    return names(task).findAny().isPresent();
  }

  /** Purges all requests for the task: their numbers and the task's name stay. */
  public void purge(TaskId task) {
    names(task).toList().forEach(this::purge);
  }

  private Stream<String> names(TaskId task) {
    return folder.walk("inbox").stream()
        .map(FileEntry::name)
        .filter(name -> StoredName.of(name) instanceof StoredName.Requested)
        .filter(name -> InboxParser.fromJson(files.read(name), name).task().equals(task));
  }

  private void purge(String name) {
    InboxFile request = InboxParser.fromJson(files.read(name), name);
    byte[] json = InboxParser.toJson(request.number(), request.task(), InboxFile.PURGED);
    String staged = "staging/commits/" + UUID.randomUUID();
    try (NewFile file = folder.create(staged)) {
      file.write(json, 0, json.length);
    }
    folder.move(staged, name);
  }
}
