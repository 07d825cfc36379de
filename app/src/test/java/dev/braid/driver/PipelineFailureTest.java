package dev.braid.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs in which a file, the store or a preparation fails. */
final class PipelineFailureTest extends PipelineFixture {
  @Test
  void run_whenOneTaskCannotBePrepared_learnsTheOthersAndTriesItAgain() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
    // Reading this process' memory at 0 is an error of the file system, which even root gets.
    Path unreadable = folder.resolve("colours/train/kind-0/memory.png");
    Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));

    Outcome outcome = run(ProgressListener.SILENT);

    assertThat(learned(outcome)).containsExactly(TASKS.get(1));
    assertThat(outcome.failed()).hasSize(1);
    assertThat(outcome.failed().get(0).file().task()).isEqualTo(TASKS.get(0));
    assertThat(outcome.failed().get(0).cause())
        .hasMessageStartingWith("Cannot read the picture " + unreadable);
    assertThat(head().setAside()).isEmpty();

    Files.delete(unreadable);
    assertThat(learned(run())).containsExactly(TASKS.get(0));
  }

  @Test
  void run_whenAPreparationThreadDies_reportsTheOtherTasks() {
    ProgressListener dying =
        each(
            "stripes: .* train, .*",
            () -> {
              throw new NoClassDefFoundError("dev/braid/Missing");
            });

    Outcome outcome = run(dying);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.file().task()).isEqualTo(TASKS.get(1));
              assertThat(failed.cause())
                  .hasRootCauseInstanceOf(NoClassDefFoundError.class)
                  .hasMessageContaining("Cannot prepare stripes: ");
            });
    assertThat(learned(run())).containsExactly(TASKS.get(1));
  }

  @Test
  void run_overtakenWhereTheRepeatedPreparationFails_learnsTheOtherTasks() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
    Path unreadable = folder.resolve("colours/train/kind-0/memory.png");
    ProgressListener overtaking =
        when(
            "colours: .* of the validation pictures right.*",
            () -> {
              store.inbox().add("", new TaskId("other"));
              remove(new TaskId("other"));
              try {
                Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));
                assertThat(delete(folder.resolve("store/receipts/ingest"), "")).isPositive();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Outcome outcome = run(overtaking);

    assertThat(outcome.conflict()).isEmpty();
    assertThat(outcome.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.file().task()).isEqualTo(TASKS.get(0));
              assertThat(failed.cause()).hasMessageStartingWith("Cannot read the picture ");
            });
    assertThat(learned(outcome)).containsExactly(TASKS.get(1));
  }

  @Test
  void run_whenTheStoreIsAwayForAMoment_decidesNothing() throws Exception {
    Path info = folder.resolve("store/store.json");
    Path away = folder.resolve("away.json");
    ProgressListener hiding =
        when(
            "colours: .* train, .*",
            () -> {
              try {
                Files.move(info, away);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Outcome outcome = run(hiding);
    Files.move(away, info);

    assertThat(outcome.failed()).isNotEmpty();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(store.versions(new LineId("main")).head()).isEmpty();
    assertThat(learned(run())).isEqualTo(TASKS);
  }

  @Test
  void run_afterADataSetIsLost_rebuildsIt() throws IOException {
    run();
    Digest first = head().model();
    delete(folder.resolve("store/versions"), "");
    assertThat(delete(folder.resolve("store/objects"), "\u0089PNG")).isEqualTo(2);

    run();

    assertThat(head().model()).isEqualTo(first);
  }

  /** Deletes the files that contain the text, and counts them. */
  private static int delete(Path root, String text) throws IOException {
    int deleted = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(text)) {
          Files.delete(file);
          deleted++;
        }
      }
    }
    return deleted;
  }
}
