package dev.braid.serving.version;

import dev.braid.inference.classify.Candidates;
import dev.braid.inference.classify.ModelVersion;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A version that is open, with its most recently used classifiers. */
public final class ServedVersion {
  /** Each has the class weights of its candidates, which clients choose. */
  private static final int CLASSIFIERS = 32;

  private record Key(Candidates candidates, int labels) {}

  private final LineId line;
  private final ModelVersion version;
  private final Map<Key, PictureClassifier> classifiers =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) { // guarded by this
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PictureClassifier> eldest) {
          return size() > CLASSIFIERS;
        }
      };

  ServedVersion(LineId line, ModelVersion version) {
    this.line = line;
    this.version = version;
  }

  /** Its line. */
  public LineId line() {
    return line;
  }

  /** Its number in the line. */
  public int number() {
    return version.number();
  }

  /** The digest of its model. */
  public Digest digest() {
    return version.digest();
  }

  /** The learned tasks. */
  public List<TaskId> tasks() {
    return version.tasks();
  }

  /** The class names of a learned task. */
  public List<String> classNames(TaskId task) {
    return version.classNames(task);
  }

  /**
   * Checks that it can answer over these candidates, without reading the store.
   *
   * @throws IllegalArgumentException if it has not learned their task, or no task at all
   */
  public void check(Candidates candidates) {
    version.check(candidates);
  }

  /** The classifier over candidates that are checked. */
  public synchronized PictureClassifier classifier(Candidates candidates, int labels) {
    return classifiers.computeIfAbsent(
        new Key(candidates, labels),
        missing -> version.classifier().candidates(candidates).topK(labels).build());
  }

  /** Loads its models and answers a drawn picture. */
  void tryOut(int experts) {
    version.load(experts);
    Candidates candidates =
        tasks().isEmpty()
            ? Candidates.Names.of(List.of("one", "two"))
            : new Candidates.AllLearned();
    Prediction said = classifier(candidates, 1).classify(TrialPicture.encoded());
    if (!(said instanceof Prediction.Answered answered)
        || Double.isNaN(answered.label().probability())) {
      throw new IllegalStateException("Cannot answer a drawn picture: it says " + said);
    }
  }
}
