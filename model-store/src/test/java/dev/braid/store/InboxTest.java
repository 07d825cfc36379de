package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.store.json.InboxParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InboxTest {
  private static final TaskId DTD = new TaskId("dtd");

  @TempDir Path folder;

  @Test
  void files_areInTheOrderOfArrival() throws IOException {
    Inbox inbox = TinyBase.createStore(folder).inbox();

    InboxFile one = inbox.add("images = /data/dtd\n", DTD);
    InboxFile two = inbox.add("images = /data/mnist", new TaskId("mnist"));

    assertThat(inbox.files()).containsExactly(one, two);
    assertThat(one.number()).isEqualTo(1);
    assertThat(one.task()).isEqualTo(DTD);
    assertThat(one.text()).isEqualTo("images = /data/dtd\n");
    assertThat(two.number()).isEqualTo(2);
  }

  @Test
  void add_sameTextAgain_isAnotherFile() throws IOException {
    Inbox inbox = TinyBase.createStore(folder).inbox();

    assertThat(inbox.add("x", DTD).digest()).isNotEqualTo(inbox.add("x", DTD).digest());
  }

  @Test
  void add_whereDigitsAreArabic_isNamedInAscii() throws IOException {
    Inbox inbox = TinyBase.createStore(folder).inbox();
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(inbox.files()).isEmpty();
      assertThat(List.of(inbox.add("x", DTD), inbox.add("y", DTD))).isEqualTo(inbox.files());
    } finally {
      Locale.setDefault(locale);
    }

    assertThat(folder.resolve("store/inbox").toFile().list())
        .containsExactlyInAnyOrder("000001.json", "000002.json");
  }

  @Test
  void add_beyondSixDigits_isRefused() throws IOException {
    Inbox inbox = TinyBase.createStore(folder).inbox();
    Files.createDirectories(folder.resolve("store/inbox"));
    Files.write(
        folder.resolve("store/inbox/999999.json"), InboxParser.toJson(999_999, DTD, "the last"));

    assertThatThrownBy(() -> inbox.add("x", DTD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of a file in inbox: 1000000 (1 to 999999)");
    assertThat(inbox.files()).extracting(InboxFile::number).containsExactly(999_999);
  }

  @Test
  void add_fromManyThreads_losesNothing() throws Exception {
    Inbox inbox = TinyBase.createStore(folder).inbox();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<InboxFile> add = () -> inbox.add("x", DTD);
      for (Future<InboxFile> added : threads.invokeAll(Collections.nCopies(20, add))) {
        assertThat(inbox.files()).contains(added.get());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(inbox.files())
        .extracting(InboxFile::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
  }
}
