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
  void begin_isForOneOfAllWhoTry() {
    Tombstone tombstone = condemn();

    assertThat(tombstones.begin(tombstone)).isTrue();
    assertThat(tombstones.begin(tombstone)).as("somebody is at it").isFalse();
    assertThat(tombstones.contains(FILE)).isTrue();
  }

  @Test
  void begin_onASentenceThatHasEnded_condemnsNothing() {
    Tombstone tombstone = condemn();
    assertThat(tombstones.begin(tombstone)).isTrue();
    tombstones.end(tombstone);

    assertThat(tombstones.begin(tombstone)).isFalse();
    assertThat(tombstones.contains(FILE)).isFalse();
  }

  @Test
  void begin_onASentenceThatHasEndedAndWasPassedAnew_leavesTheNewOneWaiting() throws IOException {
    Tombstone tombstone = condemn();
    tombstones.end(tombstone);
    Tombstone anew = condemn();
    Path list = root.resolve("condemned/waiting/%s.json".formatted(anew.id()));
    Instant later = anew.created().plusSeconds(1);
    Files.setLastModifiedTime(list, FileTime.from(later));

    assertThat(tombstones.begin(tombstone)).isFalse();
    assertThat(tombstones.all())
        .containsExactly(new Tombstone(anew.id(), later, /* isBegun= */ false, anew.files()));
  }

  private Tombstone condemn() {
    tombstones.mark(List.of(FILE));
    return tombstones.all().get(0);
  }
}
