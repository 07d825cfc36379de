package dev.braid.store;

import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.file.Folder;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.run.RunParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the runs of a store's lines ended; nothing else in a store depends on it. */
public final class Runs {
  static final String FOLDER = "runs";

  private static final Pattern NAME = Pattern.compile("([0-9TZ]+-[0-9a-f]{8})\\.json");

  private final Folder folder;
  private final CommitLog log;

  Runs(Folder folder, CommitLog log) {
    this.folder = folder;
    this.log = log;
  }

  /** Records how a run ended, in one step. */
  public void record(RunRecord run) {
    var unusedOnRetry = log.create(name(run.line(), run.id()), RunParser.toJson(run));
  }

  /** The runs of a line, the newest start first, each read when it is reached. */
  public Stream<RunRecord> newestFirst(LineId line) {
    List<String> names = new ArrayList<>(log.names(FOLDER + "/" + line));
    Collections.reverse(names);
    return names.stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .flatMap(name -> read(name(line, new RunId(name.group(1)))).stream());
  }

  /** A record that cannot be read counts as missing; {@code fsck} reports it. */
  private Optional<RunRecord> read(String name) {
    try {
      return log.read(name).map(json -> RunParser.fromJson(json, name));
    } catch (StoreFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** Deletes the records, of all lines, that name this task. */
  public void forget(TaskId task) {
    for (String line : log.names(FOLDER)) {
      newestFirst(new LineId(line))
          .filter(run -> run.tasks().stream().anyMatch(each -> each.task().equals(task)))
          .forEach(run -> folder.delete(name(run.line(), run.id())));
    }
  }

  private static String name(LineId line, RunId run) {
    return "%s/%s/%s.json".formatted(FOLDER, line, run);
  }
}
