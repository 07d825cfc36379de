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

/** The stage that reads what the line has still to learn. */
final class InboxReader {
  private final Inbox inbox;
  private final Function<InboxFile, Request> reader;

  /**
   * An intake.
   *
   * @param reader makes a request of a file's text; throws {@link IllegalArgumentException} where
   *     no settings could help, and others where those of this run do not fit
   */
  InboxReader(Inbox inbox, Function<InboxFile, Request> reader) {
    this.inbox = inbox;
    this.reader = reader;
  }

  /**
   * What waits.
   *
   * @param requests in the order of merging
   * @param unreadable files that make no request
   * @param failed files that make none with the settings of this run
   */
  record Waiting(List<Request> requests, List<Refused> unreadable, List<Failed> failed) {}

  /** What waits for the line with this head. */
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
