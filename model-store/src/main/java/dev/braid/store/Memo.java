package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.references.References;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The outputs of a stage by the digest of its inputs: computed once, then found by their receipt.
 *
 * <p>A receipt whose outputs are not all in the store counts as not found. The stage then computes
 * them again, and as the same inputs give the same bits, the receipt holds again.
 */
public final class Memo {
  private final ModelStore store;
  private final String stage;
  private final Predicate<Receipt> isWhole;

  /** The results of a stage whose outputs name no other object of the stage. */
  public Memo(ModelStore store, String stage) {
    this(store, stage, receipt -> true);
  }

  /**
   * The results of a stage.
   *
   * @param isWhole whether the store contains the objects that the outputs name and the stage
   *     produces too; asked only when the outputs themselves are there
   */
  public Memo(ModelStore store, String stage, Predicate<Receipt> isWhole) {
    this.store = store;
    this.stage = stage;
    this.isWhole = isWhole;
  }

  /** The receipt for these inputs, if there is one and all its outputs are in the store. */
  public Optional<Receipt> find(Digest inputs) {
    return store.receipts().find(stage, inputs).filter(this::holds);
  }

  /**
   * Creates a receipt unless there is one, and returns the one in the store: the first receipt
   * wins.
   *
   * @throws CorruptObjectException if the first one names other outputs, and these are missing
   */
  public Receipt record(
      Digest inputs, Map<Output, Digest> outputs, SortedMap<String, String> provenance) {
    Receipt mine = new Receipt(stage, inputs, new TreeMap<>(outputs), provenance);
    Receipt stored = store.receipts().record(mine);
    if (!stored.outputs().equals(mine.outputs()) && !holds(stored)) {
      throw new CorruptObjectException(
          "Cannot use %s/%s: the objects that it names are missing, %s, and computing them again gave %s; restore the missing objects from a copy, or delete this receipt to go on with the new ones"
              .formatted(
                  store.location().root(),
                  Receipts.name(stage, inputs),
                  stored.outputs(),
                  mine.outputs()));
    }
    return stored;
  }

  /**
   * The receipt for these inputs; its outputs are computed now if the store does not have them.
   *
   * @param provenance called after the outputs are computed
   */
  public Receipt get(
      Digest inputs,
      Supplier<Map<Output, Digest>> outputs,
      Supplier<SortedMap<String, String>> provenance) {
    return find(inputs).orElseGet(() -> record(inputs, outputs.get(), provenance.get()));
  }

  private boolean holds(Receipt receipt) {
    return References.of(receipt).stream()
            .allMatch(output -> store.objects().contains(output.digest(), output.extension()))
        && isWhole.test(receipt);
  }
}
