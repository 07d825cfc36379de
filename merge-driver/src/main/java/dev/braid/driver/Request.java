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
 * What an inbox file asks for.
 *
 * @param file its place in the inbox
 * @param priority the higher, the earlier it is merged
 * @param templates prompts with {c} for the class name; the first one trains
 * @param rounds how the work of its training is cut
 * @param replaces what may stay of the task that it replaces, where one of its name is learned;
 *     nothing if it replaces none
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
