package dev.braid.store;

import dev.braid.model.TaskId;
import dev.braid.store.commit.CommitLog;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Requests to learn a task: immutable, numbered in the order of their arrival. */
public final class Inbox {
  private static final String FOLDER = "inbox";
  private static final Pattern NAME = Pattern.compile("\\d{6}\\.json");

  private final CommitLog log;

  Inbox(CommitLog log) {
    this.log = log;
  }

  /** Puts a request behind all others. */
  public InboxFile add(String text, TaskId task) {
    for (int number = nextNumber(); ; number++) { // a number that somebody else took is passed over
      byte[] json = InboxParser.toJson(number, task, text);
      String path = path(String.format(Locale.ROOT, "%06d.json", number));
      if (log.create(path, json)) {
        return InboxParser.fromJson(json, path);
      }
    }
  }

  /** All requests in the order of their arrival. */
  public List<InboxFile> files() {
    return names().stream().map(this::read).toList();
  }

  private int nextNumber() {
    List<String> names = names();
    return names.isEmpty() ? 1 : 1 + Integer.parseInt(names.get(names.size() - 1).substring(0, 6));
  }

  private List<String> names() {
    return log.names(FOLDER).stream().filter(NAME.asMatchPredicate()).toList();
  }

  private InboxFile read(String name) {
    String path = path(name);
    return InboxParser.fromJson(log.read(path).orElseThrow(), path);
  }

  private static String path(String name) {
    return FOLDER + "/" + name;
  }
}
