package dev.braid.driver;

import dev.braid.driver.merging.Residue;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import java.util.Optional;

/**
 * The request in an inbox file.
 *
 * @param file its place in the inbox
 * @param priority tasks of higher priority are merged first
 * @param templates prompts with {c} for the class name; training uses the first
 * @param rounds how its training is divided
 * @param replaces whether residue of the learned task of the same name is accepted; empty if the
 *     request does not replace a task
 */
public record Request(
    InboxEntry file,
    int priority,
    IngestRequest pictures,
    List<String> templates,
    TrainSettings training,
    Rounds rounds,
    Optional<Residue> replaces) {
  public Request {
    templates = List.copyOf(templates);
    Check.argument(!templates.isEmpty(), "Invalid task %s: no template", file.task());
  }

  /** The task's name. */
  public TaskId task() {
    return file.task();
  }
}
