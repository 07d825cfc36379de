package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.VersionParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionsTest {
  private static final LineId MAIN = LineId.MAIN;

  @TempDir Path folder;
  private Optional<ModelStore> store = Optional.empty();

  @BeforeEach
  void createStore() throws IOException {
    store = Optional.of(TinyBase.createStore(folder));
  }

  private Versions versions() {
    return store.orElseThrow().versions(MAIN);
  }

  private Path manifest(int number) {
    return folder.resolve("store/versions/main/%06d.json".formatted(number));
  }

  private Version version(LineId line, int number, String action) {
    return new Version(
        line,
        number,
        number == 1 ? OptionalInt.empty() : OptionalInt.of(number - 1),
        Instant.EPOCH,
        action,
        TinyBase.storeModel(store.orElseThrow()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void head_ofNewLine_isEmpty() {
    assertThat(versions().head()).isEmpty();
    assertThat(versions().all()).isEmpty();
    assertThat(store.orElseThrow().lines()).isEmpty();
  }

  @Test
  void commit_onHead_isTheNewHead() throws CommitConflictException {
    Version one = versions().commit(version(MAIN, 1, "one"));
    Version two = versions().commit(version(MAIN, 2, "two"));

    assertThat(versions().head()).hasValue(two);
    assertThat(versions().all()).containsExactly(one, two);
    assertThat(versions().find(1)).hasValue(one);
    assertThat(versions().find(3)).isEmpty();
  }

  @Test
  void commit_onAnotherLine_leavesThisOne() throws CommitConflictException {
    LineId bench = new LineId("bench");
    store.orElseThrow().versions(bench).commit(version(bench, 1, "one"));

    assertThat(versions().head()).isEmpty();
    assertThat(store.orElseThrow().lines()).containsExactly(bench);
  }

  @Test
  void commit_onStaleBase_conflicts() throws CommitConflictException {
    Version first = versions().commit(version(MAIN, 1, "one"));

    assertThatThrownBy(() -> versions().commit(version(MAIN, 1, "other")))
        .isInstanceOf(CommitConflictException.class)
        .hasMessage(
            "Cannot commit version 1 of line main: another process committed first (run again)");
    assertThat(versions().all()).containsExactly(first);
  }

  @Test
  void commit_intoPurgedGap_conflicts() throws Exception {
    for (int number = 1; number <= 3; number++) {
      versions().commit(version(MAIN, number, "learn"));
    }
    Files.delete(manifest(2));

    assertThatThrownBy(() -> versions().commit(version(MAIN, 2, "late")))
        .isInstanceOf(CommitConflictException.class);
    assertThat(versions().all()).extracting(Version::number).containsExactly(1, 3);
  }

  @Test
  void commit_racedByThreads_hasOneWinnerPerVersion() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int number = 1; number <= 10; number++) {
        List<Callable<Boolean>> contenders = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          Version next = version(MAIN, number, "thread " + thread);
          contenders.add(() -> wins(next));
        }
        int winners = 0;
        for (Future<Boolean> result : threads.invokeAll(contenders)) {
          winners += result.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
        assertThat(versions().head().orElseThrow().number()).isEqualTo(number);
      }
    } finally {
      threads.shutdown();
    }
  }

  private boolean wins(Version next) {
    try {
      versions().commit(next);
      return true;
    } catch (CommitConflictException lost) {
      return false;
    }
  }

  @Test
  void head_ofManifestUnderAnotherNumber_isRefused() throws Exception {
    versions().commit(version(MAIN, 1, "one"));
    Files.copy(manifest(1), manifest(2));

    assertThatThrownBy(() -> versions().head())
        .isInstanceOf(StoreFormatException.class)
        .hasMessageContaining("versions/main/000002.json: it is version 1 of line main");
  }

  @Test
  void commit_whereDigitsAreArabic_isNamedInAscii() throws Exception {
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Version one = versions().commit(version(MAIN, 1, "one"));
      assertThat(versions().head()).hasValue(one);
    } finally {
      Locale.setDefault(locale);
    }

    assertThat(folder.resolve("store/versions/main").toFile().list())
        .containsExactly("000001.json");
  }

  @Test
  void commit_beyondSixDigits_isRefused() throws Exception {
    Version last = version(MAIN, 999_999, "last");
    Files.createDirectories(folder.resolve("store/versions/main"));
    Files.write(manifest(999_999), VersionParser.toJson(last));

    assertThatThrownBy(() -> versions().commit(version(MAIN, 1_000_000, "too many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of a file in versions/main: 1000000 (1 to 999999)");
    assertThat(versions().head()).hasValue(last);
  }

  @Test
  void head_besideForeignFiles_ignoresThem() throws Exception {
    Version one = versions().commit(version(MAIN, 1, "one"));
    Files.writeString(manifest(1).resolveSibling("notes.txt"), "mine");
    Files.writeString(manifest(1).resolveSibling("000000.json"), "mine");

    assertThat(versions().head()).hasValue(one);
  }
}
