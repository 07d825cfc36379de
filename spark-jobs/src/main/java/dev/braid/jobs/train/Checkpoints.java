package dev.braid.jobs.train;

import dev.braid.store.Staging;
import dev.braid.store.commit.CommitLog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checkpoints of one training, in its staging area. */
final class Checkpoints {
  private static final String FOLDER = "rounds";

  private final CommitLog files;

  Checkpoints(Staging staging) {
    this.files = staging.files();
  }

  /** The latest checkpoint, if there is one. */
  Optional<TrainingCheckpoint> latest() {
    List<String> names = files.names(FOLDER);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String name = FOLDER + "/" + names.get(names.size() - 1);
    return files.read(name).map(json -> TrainingCheckpoint.fromJson(json, name));
  }

  /** Saves a checkpoint; if another run saved that round first, the content is the same. */
  void add(TrainingCheckpoint checkpoint) {
    var unused =
        files.create(
            FOLDER + String.format(Locale.ROOT, "/%09d.json", checkpoint.step()),
            checkpoint.toJson());
  }
}
