package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.List;

/**
 * A test set: its data set, and the templates for its class names.
 *
 * @param dataset digest of the data set's record
 */
public record EvaluationSet(TaskId task, Digest dataset, List<String> templates)
    implements Serializable {
  public EvaluationSet {
    templates = List.copyOf(templates);
  }
}
