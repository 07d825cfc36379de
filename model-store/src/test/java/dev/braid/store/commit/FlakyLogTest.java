package dev.braid.store.commit;

import dev.braid.store.StoreLocation;
import dev.braid.store.file.FlakyDisk;
import dev.braid.store.file.LocalDisk;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** A disk that loses answers neither loses a commit nor gives two writers one name. */
final class FlakyLogTest extends CommitLogContract {
  @TempDir Path root;

  @Override
  StoreLocation location() {
    return new StoreLocation(
        root.resolve(UUID.randomUUID().toString()).toString(),
        new TreeMap<>(Map.of(LocalDisk.CLASS, FlakyDisk.class.getName())));
  }
}
