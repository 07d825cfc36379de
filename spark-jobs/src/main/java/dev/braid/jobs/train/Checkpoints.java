package dev.braid.jobs.train;

import dev.braid.store.Staging;
import dev.braid.store.commit.CommitLog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rounds of one training that were finished, in its staging area. */
final class Checkpoints {
  private static final String FOLDER = "rounds";

  private final CommitLog files;

  Checkpoints(Staging staging) {
    this.files = staging.files();
  }

  /** The last finished round, if there is one. */
  Optional<TrainingCheckpoint> latest() {
    List<String> names = files.names(FOLDER);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String name = FOLDER + "/" + names.get(names.size() - 1);
    return files.read(name).map(json -> TrainingCheckpoint.fromJson(json, name));
  }

  /** Keeps the round; if someone else finished it first, theirs has the same content. */
  void add(TrainingCheckpoint trainingCheckpoint) {
    var unused =
        files.create(
            FOLDER + String.format(Locale.ROOT, "/%09d.json", trainingCheckpoint.step()),
            trainingCheckpoint.toJson());
  }
}
