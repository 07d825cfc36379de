package dev.braid.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.file.Folder;
import dev.braid.store.object.Condemned.Sentence;
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

class CondemnedTest {
  private static final String FILE = "objects/aa/file";

  @TempDir Path root;
  private Condemned condemned;

  @BeforeEach
  void openFolder() {
    condemned = new Condemned(Folder.of(root.toString(), Map.of()));
  }

  @Test
  void begin_isForOneOfAllWhoTry() {
    Sentence sentence = condemn();

    assertThat(condemned.begin(sentence)).isTrue();
    assertThat(condemned.begin(sentence)).as("somebody is at it").isFalse();
    assertThat(condemned.contains(FILE)).isTrue();
  }

  @Test
  void begin_onASentenceThatHasEnded_condemnsNothing() {
    Sentence sentence = condemn();
    assertThat(condemned.begin(sentence)).isTrue();
    condemned.end(sentence);

    assertThat(condemned.begin(sentence)).isFalse();
    assertThat(condemned.contains(FILE)).isFalse();
  }

  @Test
  void begin_onASentenceThatHasEndedAndWasPassedAnew_leavesTheNewOneWaiting() throws IOException {
    Sentence sentence = condemn();
    condemned.end(sentence);
    Sentence anew = condemn();
    Path list = root.resolve("condemned/waiting/%s.json".formatted(anew.id()));
    Instant later = anew.passed().plusSeconds(1);
    Files.setLastModifiedTime(list, FileTime.from(later));

    assertThat(condemned.begin(sentence)).isFalse();
    assertThat(condemned.sentences())
        .containsExactly(new Sentence(anew.id(), later, /* isBegun= */ false, anew.files()));
  }

  private Sentence condemn() {
    condemned.condemn(List.of(FILE));
    return condemned.sentences().get(0);
  }
}
