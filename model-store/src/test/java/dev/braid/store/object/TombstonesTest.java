package dev.braid.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.file.Folder;
import dev.braid.store.object.Tombstones.Tombstone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstonesTest {
  private static final String FILE = "objects/aa/file";

  @TempDir Path root;
  private Tombstones tombstones;

  @BeforeEach
  void openFolder() {
    tombstones = new Tombstones(Folder.of(root.toString(), Map.of()));
  }

  @Test
  void begin_succeedsForOneOfAllThatTry() {
    Tombstone tombstone = mark();

    assertThat(tombstones.begin(tombstone)).isTrue();
    assertThat(tombstones.begin(tombstone)).as("another process has begun").isFalse();
    assertThat(tombstones.contains(FILE)).isTrue();
  }

  @Test
  void begin_onATombstoneThatHasEnded_marksNothing() {
    Tombstone tombstone = mark();
    assertThat(tombstones.begin(tombstone)).isTrue();
    tombstones.end(tombstone);

    assertThat(tombstones.begin(tombstone)).isFalse();
    assertThat(tombstones.contains(FILE)).isFalse();
  }

  @Test
  void begin_onATombstoneThatHasEndedAndWasCreatedAgain_leavesTheNewOneWaiting()
      throws IOException {
    Tombstone tombstone = mark();
    tombstones.end(tombstone);
    Tombstone second = mark();
    Path list = root.resolve("condemned/waiting/%s.json".formatted(second.id()));
    Instant later = second.created().plusSeconds(1);
    Files.setLastModifiedTime(list, FileTime.from(later));

    assertThat(tombstones.begin(tombstone)).isFalse();
    assertThat(tombstones.all())
        .containsExactly(new Tombstone(second.id(), later, /* isBegun= */ false, second.files()));
  }

  private Tombstone mark() {
    tombstones.mark(List.of(FILE));
    return tombstones.all().get(0);
  }
}
