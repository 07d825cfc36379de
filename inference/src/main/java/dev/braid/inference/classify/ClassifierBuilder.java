package dev.braid.inference.classify;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.List;

/** Makes a classifier of a version. The last candidates that are given count. */
public final class ClassifierBuilder {
  private static final int TOP_K = 5;

  private final ModelVersion version;
  private Candidates candidates = new Candidates.AllLearned();
  private int topK = TOP_K;

  ClassifierBuilder(ModelVersion version) {
    this.version = version;
  }

  /** For pictures that are known to be of a learned task: its expert answers over its classes. */
  public ClassifierBuilder task(TaskId task) {
    return candidates(new Candidates.OfTask(task));
  }

  /** Over the classes of a learned task, for pictures of any task. */
  public ClassifierBuilder classesOf(TaskId task) {
    return candidates(new Candidates.ClassesOf(task));
  }

  /** Over free class names, in the prompt "a photo of a {c}.". */
  public ClassifierBuilder classes(List<String> names) {
    return candidates(Candidates.Names.of(names));
  }

  /** Over free class names, in these prompts with "{c}" for the name. */
  public ClassifierBuilder classes(List<String> names, List<String> templates) {
    return candidates(new Candidates.Names(names, templates));
  }

  /** Over these candidates. */
  public ClassifierBuilder candidates(Candidates given) {
    candidates = given;
    return this;
  }

  /** The largest number of labels of an answer; 5 unless given. */
  public ClassifierBuilder topK(int labels) {
    Check.argument(labels > 0, "Invalid number of labels: %s (at least 1)", labels);
    topK = labels;
    return this;
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if the version has not learned the task, or no task at all and
   *     no class names are given
   */
  public PictureClassifier build() {
    return version.build(candidates, topK);
  }
}
