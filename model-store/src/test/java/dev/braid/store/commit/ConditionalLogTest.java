package dev.braid.store.commit;

import dev.braid.store.StoreLocation;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** S3 itself is not at hand: this shows that a commit is right where S3A keeps its contract. */
final class ConditionalLogTest extends CommitLogContract {
  @TempDir Path root;

  @Override
  StoreLocation location() {
    return new StoreLocation(
        "s3a://bucket" + root.resolve(UUID.randomUUID().toString()),
        new TreeMap<>(Map.of("fs.s3a.impl", ConditionalCreates.class.getName())));
  }
}
