package dev.braid.cli;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.model.Check;
import dev.braid.model.record.InboxFile;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last step of a command that lets a task wait. */
public final class RequestBuilder {
  private RequestBuilder() {}

  /**
   * Puts the task in the inbox.
   *
   * @throws IllegalArgumentException if it cannot be learned by its looks
   */
  public static InboxFile put(ModelStore store, Settings settings, TaskFile task) {
    checkTraining(settings, task);
    checkAllowed(settings, task);
    checkFolder(task);
    return store.inbox().add(task.text(), task.name());
  }

  private static void checkTraining(Settings settings, TaskFile task) {
    try {
      var unusedSettings = settings.train(task.train());
      var unusedRounds = settings.rounds(task.train());
    } catch (SettingsException e) { // here it is the task that is refused
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkAllowed(Settings settings, TaskFile task) {
    AllowedRoots allowed = settings.allowedRoots();
    allowed.checkNamed(task.images(), settings.location().options());
    task.classes().ifPresent(file -> allowed.checkNamed(file, settings.location().options()));
  }

  private static void checkFolder(TaskFile task) {
    boolean local = task.images().startsWith("/");
    Check.argument(
        !local || Files.isDirectory(Path.of(task.images())),
        "Cannot %s task %s: there is no folder %s",
        task.replaces().isPresent() ? "replace" : "add",
        task.name(),
        task.images());
  }
}
