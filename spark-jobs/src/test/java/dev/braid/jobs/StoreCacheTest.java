package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.ModelPool;
import dev.braid.inference.WeightsRef;
import dev.braid.model.ShardCut;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCacheTest {
  @TempDir Path folder;

  @Test
  void at_ofTheSameStore_givesTheSameInstance() throws IOException {
    StoreLocation store = MicroStore.create(folder.resolve("store"));
    assertThat(StoreCache.at(store)).isSameAs(StoreCache.at(store));
  }

  @Test
  void at_ofARecreatedStore_givesTheNewOne() throws IOException {
    StoreLocation store = MicroStore.create(folder.resolve("store"));
    float[] before = text(store);
    delete(folder.resolve("store"));
    assertThatThrownBy(() -> StoreCache.at(store)).hasMessageContaining("there is none");

    ModelStore recreated =
        ModelStore.create(
            store, MicroStore.weights(2), MicroStore.FILES, new ShardCut(2048, 1024), Map.of());
    assertThat(StoreCache.at(store).baseDigest()).isEqualTo(recreated.baseDigest());
    assertThat(text(store)).isNotEqualTo(before);
  }

  private static float[] text(StoreLocation store) throws IOException {
    try (ModelPool.Lease model = ModelPool.lease(Device.CPU, store, new WeightsRef.Base())) {
      return model.encoder().encodeTexts(List.of("a b"))[0];
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
