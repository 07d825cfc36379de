package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.Receipt;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.json.ReceiptParser;
import java.util.Optional;

/** What stages have made already: the store's only cache. The first receipt wins. */
public final class Receipts {
  private final CommitLog log;

  Receipts(CommitLog log) {
    this.log = log;
  }

  /** The receipt of a stage for these inputs, if it ran. */
  public Optional<Receipt> find(String stage, Digest inputs) {
    Receipt.checkStage(stage);
    String path = name(stage, inputs);
    return log.read(path).map(json -> ReceiptParser.fromJson(json, path));
  }

  /** Leaves the receipt unless there is one; the one that counts is returned. */
  public Receipt record(Receipt receipt) {
    String path = name(receipt.stage(), receipt.inputs());
    if (log.create(path, ReceiptParser.toJson(receipt))) {
      return receipt;
    }
    return find(receipt.stage(), receipt.inputs()).orElseThrow();
  }

  /** The path of such a receipt under the store's root. */
  public static String name(String stage, Digest inputs) {
    return "receipts/" + stage + "/" + inputs + ".json";
  }
}
