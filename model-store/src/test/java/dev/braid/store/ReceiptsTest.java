package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptsTest {
  private static final Digest INPUTS = Digest.of("inputs");

  @TempDir Path folder;

  private static Receipt receipt(String output) {
    return new Receipt(
        "train", INPUTS, new TreeMap<>(Map.of(Output.DELTA, Digest.of(output))), new TreeMap<>());
  }

  @Test
  void find_beforeTheStageRan_isEmpty() throws IOException {
    assertThat(TinyBase.createStore(folder).receipts().find("train", INPUTS)).isEmpty();
  }

  @Test
  void record_second_getsTheFirst() throws IOException {
    Receipts receipts = TinyBase.createStore(folder).receipts();

    assertThat(receipts.record(receipt("first"))).isEqualTo(receipt("first"));
    assertThat(receipts.record(receipt("second"))).isEqualTo(receipt("first"));
    assertThat(receipts.find("train", INPUTS)).hasValue(receipt("first"));
    assertThat(receipts.find("evaluate", INPUTS)).isEmpty();
  }

  @Test
  void all_ofAStage_areItsOwn() throws IOException {
    ModelStore store = TinyBase.createStore(folder);
    assertThat(store.receipts().all("train")).isEmpty();

    var unused = store.receipts().record(receipt("first"));

    assertThat(store.receipts().all("train")).containsExactly(receipt("first"));
    assertThat(store.receipts().all("evaluate")).isEmpty();
  }

  @Test
  void find_stageThatIsNoName_isRefused() throws IOException {
    Receipts receipts = TinyBase.createStore(folder).receipts();

    assertThatThrownBy(() -> receipts.find("../objects", INPUTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid stage name: ../objects");
  }
}
