package dev.braid.driver.merging;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;

/**
 * A merged model that no version names yet.
 *
 * @param model the model digest: that of the record's JSON, which is stored
 * @param health what the merge has to say about it
 */
public record Candidate(Digest model, ModelRecord record, MergeHealth health) {
  /** The index of one of its tasks, in version order. */
  public int place(TaskId task) {
    return record.tasks().stream().map(Learned::task).toList().indexOf(task);
  }
}
