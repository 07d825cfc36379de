package dev.braid.driver;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.line.VersionRules;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.Optional;

/**
 * Gives the head's model the rule that the settings produce, as a new version. The head has another
 * one if the settings were changed, or if an earlier release published it; its tasks and their
 * experts stay as they are.
 */
final class RuleRenewal {
  private final ModelStore store;
  private final Line line;
  private final VersionRules rules;
  private final Author author;
  private final ProgressListener progressListener;

  RuleRenewal(
      ModelStore store,
      Line line,
      VersionRules rules,
      Author author,
      ProgressListener progressListener) {
    this.store = store;
    this.line = line;
    this.rules = rules;
    this.author = author;
    this.progressListener = progressListener;
  }

  /**
   * The new version; empty if the head has the rule. If another process publishes first, the head
   * keeps its rule until the next run, and the tasks are decided nevertheless. So they are if the
   * pictures of the head's tasks cannot be told apart: a further task may change that.
   */
  Optional<Version> run() {
    Head head = line.head();
    if (rules.isCurrent(head.model())) {
      return Optional.empty();
    }
    try {
      return publish(head, rules.answering(head.model()));
    } catch (IllegalArgumentException e) {
      progressListener.say("the head keeps its rule: %s".formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Version> publish(Head head, ModelRecord answering) {
    VersionDraft next =
        new VersionDraft(
            "answer by " + rules.label(),
            store.records().put(answering),
            head.taken(),
            head.setAside(),
            /* evaluation= */ Optional.empty());
    try {
      Version version = next.commit(store, line.id(), head, author);
      progressListener.say(
          "the line answers by %s from version %d on".formatted(rules.label(), version.number()));
      return Optional.of(version);
    } catch (CommitConflictException e) {
      progressListener.say(
          "the head keeps its rule until the next run: %s".formatted(e.getMessage()));
      return Optional.empty();
    }
  }
}
