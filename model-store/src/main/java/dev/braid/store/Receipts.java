package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.file.Folder;
import dev.braid.store.json.ReceiptParser;
import dev.braid.store.object.Tombstones;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outputs of stages that ran before: the store's only cache. The first receipt wins. */
public final class Receipts {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.json");

  private final Folder folder;
  private final CommitLog log;
  private final Tombstones tombstones;

  Receipts(Folder folder, CommitLog log) {
    this.folder = folder;
    this.log = log;
    this.tombstones = new Tombstones(folder);
  }

  /**
   * The receipt of a stage for these inputs, if there is one. One that is marked for deletion
   * counts as missing, because its outputs may be deleted at any moment.
   */
  public Optional<Receipt> find(String stage, Digest inputs) {
    Receipt.checkStage(stage);
    String path = name(stage, inputs);
    return tombstones.contains(path) ? Optional.empty() : read(path);
  }

  private Optional<Receipt> read(String path) {
    return log.read(path).map(json -> ReceiptParser.fromJson(json, path));
  }

  /** All receipts of a stage, in the order of their inputs' digests. */
  public List<Receipt> all(String stage) {
    Receipt.checkStage(stage);
    return log.names(folder(stage)).stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .flatMap(name -> find(stage, new Digest(name.group(1))).stream())
        .toList();
  }

  /** Creates the receipt unless there is one, and returns the one in the store. */
  public Receipt record(Receipt receipt) {
    String path = name(receipt.stage(), receipt.inputs());
    if (tombstones.contains(path)) {
      folder.delete(path);
      tombstones.unmark(List.of(path));
    }
    while (!log.create(path, ReceiptParser.toJson(receipt))) {
      Optional<Receipt> first = read(path);
      if (first.isPresent()) { // else garbage collection has just deleted it
        return first.get();
      }
    }
    return receipt;
  }

  /** The path of this receipt under the store's root. */
  public static String name(String stage, Digest inputs) {
    return folder(stage) + "/" + inputs + ".json";
  }

  private static String folder(String stage) {
    return "receipts/" + stage;
  }
}
