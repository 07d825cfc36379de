package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.object.CorruptObjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoTest {
  private static final Digest INPUTS = Digest.of("inputs");
  private static final TreeMap<String, String> NOTHING_KNOWN = new TreeMap<>();

  @TempDir private Path folder;
  private ModelStore store;
  private Memo memo;

  @BeforeEach
  void makeStore() throws IOException {
    store = TinyBase.createStore(StoreLocation.of(folder.toString()));
    memo = new Memo(store, "paint");
  }

  @Test
  void get_firstTime_leavesAReceiptWithItsProvenance() {
    Digest picture = put("a");
    TreeMap<String, String> provenance = new TreeMap<>(Map.of("painter", "me"));

    Receipt receipt = memo.get(INPUTS, () -> Map.of(Output.DELTA, picture), () -> provenance);

    assertThat(receipt.output(Output.DELTA)).isEqualTo(picture);
    assertThat(receipt.provenance()).isEqualTo(provenance);
    assertThat(memo.find(INPUTS)).contains(receipt);
  }

  @Test
  void get_whenAnOutputIsGone_makesItAgain() throws IOException {
    Receipt first = record(put("a"), put("b"));
    delete(first.output(Output.ALIGNMENTS));
    assertThat(memo.find(INPUTS)).isEmpty();

    Receipt again =
        memo.get(
            INPUTS,
            () -> Map.of(Output.DELTA, put("a"), Output.ALIGNMENTS, put("b")),
            () -> NOTHING_KNOWN);

    assertThat(again).isEqualTo(first);
    assertThat(memo.find(INPUTS)).contains(first);
  }

  @Test
  void find_whenWhatAnOutputNamesIsGone_findsNothing() {
    record(put("a"), put("b"));

    assertThat(new Memo(store, "paint", receipt -> false).find(INPUTS)).isEmpty();
  }

  @Test
  void record_ofOtherOutputs_givesTheFirstWhileTheyAreThere() {
    Receipt first = record(put("a"), put("b"));

    assertThat(record(put("c"), put("d"))).isEqualTo(first);
  }

  @Test
  void record_ofOtherOutputsWhereTheFirstAreGone_saysThatTheStoreIsCorrupt() throws IOException {
    Receipt first = record(put("a"), put("b"));
    delete(first.output(Output.DELTA));

    assertThatThrownBy(() -> record(put("c"), put("d")))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageStartingWith("Cannot use file:" + folder + "/receipts/paint/" + INPUTS)
        .hasMessageContaining(first.output(Output.DELTA).hex())
        .hasMessageContaining(put("c").hex());
    assertThat(store.receipts().find("paint", INPUTS)).contains(first);
  }

  private Digest put(String text) {
    return store.objects().put(text.getBytes(UTF_8), "json");
  }

  private Receipt record(Digest picture, Digest frame) {
    return memo.record(
        INPUTS, Map.of(Output.DELTA, picture, Output.ALIGNMENTS, frame), NOTHING_KNOWN);
  }

  private void delete(Digest digest) throws IOException {
    Files.delete(
        folder.resolve("objects/" + digest.hex().substring(0, 2) + "/" + digest + ".json"));
  }
}
