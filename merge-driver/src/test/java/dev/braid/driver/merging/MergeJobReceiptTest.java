package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.object.CorruptObjectException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A merge step that is executed again, also after the store has lost something. */
final class MergeJobReceiptTest extends MergeFixture {
  @ParameterizedTest
  @EnumSource
  void run_afterItsReceiptWasLost_givesTheSameModelDigest(MergeState mergeState)
      throws IOException {
    ModelRecord before = chain(job, mergeState, 2);
    TaskDraft task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    deleteFolder(folder.resolve("store").resolve("receipts"));

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void run_afterWhatItMadeWasLost_makesItAgain(MergeState mergeState) throws IOException {
    ModelRecord before = chain(job, mergeState, 1);
    TaskDraft task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    Digest last = first.record().tasks().get(1).record();
    float[] unified = given.unified(first.record());
    String mask = given.mask(first.record(), 1);

    deleteShard(given.blob(first.record().state(), ModelRecord.UNIFIED));
    assertThat(job.run(before, task)).isEqualTo(first);
    deleteShard(
        given.blob(
            given.record(first.record(), 1).planes(),
            given.record(first.record(), 1).planes().firstKey()));
    assertThat(job.run(before, task)).isEqualTo(first);
    Files.delete(Path.of(URI.create(given.store.objects().location(last, "json"))));
    assertThat(job.run(before, task)).isEqualTo(first);

    assertThat(given.unified(first.record())).containsExactly(unified);
    assertThat(given.mask(first.record(), 1)).isEqualTo(mask);
  }

  private void deleteShard(Blob blob) throws IOException {
    Files.delete(Path.of(URI.create(given.store.blobs().locations(blob).get(1))));
  }

  @Test
  void run_underTruthDeltas_readsNoUnifiedDelta() throws IOException {
    ModelRecord before = chain(job, MergeState.DELTAS, 2);
    TaskDraft task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    deleteFolder(folder.resolve("store").resolve("receipts"));
    deleteShard(given.blob(before.state(), ModelRecord.UNIFIED));

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @Test
  void run_again_takesTheReceipt() throws IOException {
    ModelRecord before = chain(job, MergeState.DECOUPLED, 1);
    TaskDraft task = given.task("first", given.randomDelta(1));
    Candidate first = job.run(before, task);
    Blob delta = given.store.blobs().get(task.delta());
    for (String location : given.store.blobs().locations(delta)) {
      Files.delete(Path.of(location.replaceFirst("^file:/*", "/")));
    }

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @Test
  void run_whenAShardIsGone_saysWhatIsCorrupt() throws IOException {
    TaskDraft task = given.task("first", given.randomDelta(1));
    Blob delta = given.store.blobs().get(task.delta());
    String shard = given.store.blobs().locations(delta).get(0);
    Files.delete(Path.of(shard.replaceFirst("^file:/*", "/")));

    assertThatThrownBy(() -> job.run(given.start(MergeState.DELTAS, RescalerKind.GLOBAL), task))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(delta.shards().get(0).digest().hex());
  }

  private static void deleteFolder(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
