package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.model.record.Version.SetAside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Faults of a source, of which some go away: which of them are the task's own. */
final class SourceFaultTest extends PipelineFixture {
  private static final AtomicInteger READS = new AtomicInteger();
  private static volatile int changes = Integer.MAX_VALUE;

  @Override
  PictureSource source(ImageFolder given) {
    return given.root().endsWith("colours") ? new ChangingPictures(given) : given;
  }

  @Test
  void run_onASourceThatChangesAllTheTime_setsItsTaskAside() throws IOException {
    drawPictures();
    changes = Integer.MAX_VALUE;

    Outcome outcome = run();

    assertThat(outcome.failed()).isEmpty();
    assertThat(head().setAside()).extracting(SetAside::task).containsExactly(TASKS.get(0));
    assertThat(outcome.decisions())
        .filteredOn(decision -> !decision.published())
        .singleElement()
        .satisfies(
            decision ->
                assertThat(decision.sentence())
                    .contains(" changed while it was read; add the task again"));
  }

  @Test
  void run_onASourceThatChangesOnce_learnsItsTask() throws IOException {
    drawPictures();
    READS.set(0);
    changes = 1;

    assertThat(learned(run())).containsExactlyElementsOf(TASKS);
  }

  @Test
  void run_onClassesOfOnePrompt_setsTheirTaskAside() throws IOException {
    drawPictures();
    changes = 0;
    for (String split : List.of("train/", "test/")) {
      Path classes = folder.resolve("colours/" + split);
      Files.move(classes.resolve("kind-0"), classes.resolve("ice cream"));
      Files.move(classes.resolve("kind-1"), classes.resolve("ice  cream"));
    }

    Outcome outcome = run();

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.decisions())
        .filteredOn(decision -> !decision.published())
        .singleElement()
        .satisfies(
            decision ->
                assertThat(decision.sentence())
                    .contains("the classes 'ice  cream' and 'ice cream' are one"));
  }

  private void drawPictures() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
  }

  /** Bytes behind the end of a picture change with each read: they do not change its pixels. */
  private record ChangingPictures(PictureSource delegate) implements PictureSource {
    @Override
    public String name() {
      return delegate.name();
    }

    @Override
    public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
        throws IOException {
      SourceRows rows = delegate.open(spark, options);
      return new SourceRows(
          rows.classNames(),
          rows.rows().map(ChangingPictures::changed),
          rows.remarks(),
          rows.again());
    }

    private static SourceRow changed(SourceRow row) {
      if (!row.listed().name().endsWith("train/kind-0/0.png")
          || READS.getAndIncrement() >= changes) {
        return row;
      }
      byte[] longer = Arrays.copyOf(row.picture(), row.picture().length + 4);
      longer[row.picture().length] = (byte) READS.get();
      return SourceRow.of(row.listed(), longer);
    }
  }
}
