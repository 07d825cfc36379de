package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line.Head;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The stage that reads the requests that a line has not decided yet. */
final class InboxReader {
  private final Inbox inbox;
  private final Function<InboxFile, Request> reader;

  /**
   * A reader of an inbox.
   *
   * @param reader reads a file's request; throws {@link IllegalArgumentException} if no settings
   *     could make the file valid, and other exceptions if it does not fit this run's settings
   */
  InboxReader(Inbox inbox, Function<InboxFile, Request> reader) {
    this.inbox = inbox;
    this.reader = reader;
  }

  /**
   * The undecided files.
   *
   * @param requests in the order of merging
   * @param unreadable files without a valid request
   * @param failed files whose requests do not fit this run's settings
   */
  record Waiting(List<Request> requests, List<Refused> unreadable, List<Failed> failed) {}

  /** The files that a line with this head has not decided. */
  Waiting waiting(Head head, Forced forced) {
    List<Request> requests = new ArrayList<>();
    List<Refused> unreadable = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    for (InboxFile file : InboxState.undecided(inbox.files(), head.decided(forced))) {
      try {
        requests.add(reader.apply(file));
      } catch (IllegalArgumentException e) {
        unreadable.add(Refused.of(entry(file), e));
      } catch (RuntimeException e) {
        failed.add(new Failed(entry(file), e));
      }
    }
    return new Waiting(Scheduler.inMergeOrder(requests), unreadable, failed);
  }

  private static InboxEntry entry(InboxFile file) {
    return new InboxEntry(file.number(), file.task(), file.digest());
  }
}
