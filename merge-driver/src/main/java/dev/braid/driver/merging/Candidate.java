package dev.braid.driver.merging;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.json.ModelParser;

/**
 * A merged model that no version names yet.
 *
 * @param model digest of the stored model record
 * @param health the health of its merge
 */
public record Candidate(Digest model, ModelRecord record, MergeHealth health) {
  /** The same candidate, where the model also has a rule, which its health does not depend on. */
  public Candidate with(ModelRecord answering) {
    return new Candidate(Digest.of(ModelParser.toJson(answering)), answering, health);
  }

  /** The index of a task, in version order. */
  public int place(TaskId task) {
    return record.tasks().stream().map(Learned::task).toList().indexOf(task);
  }
}
