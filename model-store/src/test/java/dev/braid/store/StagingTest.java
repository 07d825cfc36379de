package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
  private static final Digest SPACE = Digest.of("space");

  @TempDir Path folder;

  @Test
  void delete_removesTheAreaOnly() throws IOException {
    ModelStore store = TinyBase.createStore(folder);
    Staging area = store.staging("train-1");
    Staging other = store.staging("train-2");
    Blob blob = area.blobs().writeFloats(SPACE, TinyBase.CUT, 1f, 2f);
    other.blobs().writeFloats(SPACE, TinyBase.CUT, 1f, 2f);
    area.files().create("step-100.json", new byte[1]);

    assertThat(area.blobs().readFloats(blob)).containsExactly(1f, 2f);
    assertThat(store.objects().contains(blob.shards().get(0).digest(), "parquet")).isFalse();

    area.delete();
    assertThat(store.staging("train-1").files().names("")).isEmpty();
    assertThat(other.blobs().readFloats(blob)).containsExactly(1f, 2f);
    area.delete(); // again: nothing happens
  }

  @Test
  void staging_ofNameOutside_isRefused() throws IOException {
    ModelStore store = TinyBase.createStore(folder);

    assertThatThrownBy(() -> store.staging("../objects"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid staging area: ../objects");
  }
}
