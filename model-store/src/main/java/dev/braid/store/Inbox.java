package dev.braid.store;

import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.json.InboxParser;
import java.util.List;

/** Requests to learn a task: immutable, numbered in the order of their arrival. */
public final class Inbox {
  private static final String FOLDER = "inbox";

  private final CommitLog log;
  private final NumberedFiles files;

  Inbox(CommitLog log) {
    this.log = log;
    this.files = new NumberedFiles(log, FOLDER);
  }

  /** Adds a request after all others. */
  public InboxFile add(String text, TaskId task) {
    for (int number = files.highest().orElse(0) + 1;
        ;
        number++) { // a number that another process took is skipped
      byte[] json = InboxParser.toJson(number, task, text);
      String path = files.path(number);
      if (log.create(path, json)) {
        return InboxParser.fromJson(json, path);
      }
    }
  }

  /** All requests in the order of their arrival, without the purged ones. */
  public List<InboxFile> files() {
    return files.numbers().stream().map(this::read).filter(file -> !file.isPurged()).toList();
  }

  private InboxFile read(int number) {
    String path = files.path(number);
    return InboxParser.fromJson(log.read(path).orElseThrow(), path);
  }
}
