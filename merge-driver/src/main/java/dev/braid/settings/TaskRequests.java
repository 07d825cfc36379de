package dev.braid.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.braid.driver.Request;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.vlm.train.TrainSettings;
import java.util.function.Function;

/**
 * Reads the requests of inbox files, whose own training settings override the settings of the
 * program.
 */
final class TaskRequests {
  private final Settings settings;

  TaskRequests(Settings settings) {
    this.settings = settings;
  }

  /**
   * The request of an inbox file.
   *
   * @throws IllegalArgumentException if its text is not a valid request
   * @throws SettingsException if its training settings do not fit the program's
   */
  Request request(InboxFile file) {
    TaskFile task = TaskFile.parse(file.text(), "number " + file.number() + " of the inbox");
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        task.priority(),
        ingest(task),
        task.templates(),
        train(task.train()),
        rounds(task.train()),
        task.replaces());
  }

  /** The pictures of a task, and how they are split. */
  IngestRequest ingest(TaskFile task) {
    return new IngestRequest(
        task.pictures().source(settings.allowedRoots()),
        settings.ingestSeed(),
        task.shots(),
        task.extended(),
        settings.ingestOrientation(),
        settings.ingestMaxUnreadable());
  }

  /** How a task is trained whose file contains these settings. */
  TrainSettings train(Config own) {
    return read(own, TrainGroup::settings);
  }

  /** How the training of a task is divided into rounds whose file contains these settings. */
  Rounds rounds(Config own) {
    return read(own, TrainGroup::rounds);
  }

  private <T> T read(Config own, Function<Config, T> toValue) {
    Config defaults = settings.config().getConfig(TrainGroup.NAME);
    try {
      KnownKeys.of(defaults).check(own);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(
          "Invalid training settings of a task: " + e.getMessage(), e);
    }
    try {
      return toValue.apply(own.withFallback(defaults));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new SettingsException(
          "The task's training settings and those under braid.train do not fit: " + e.getMessage(),
          e);
    }
  }
}
