package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.object.CorruptObjectException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a stage makes of its inputs: made once, found by its receipt ever after.
 *
 * <p>A receipt whose outputs are not all in the store counts as not found. What is gone is made
 * again, and as the same inputs give the same bits, the receipt then holds again.
 */
public final class Memo {
  private static final String JSON = "json";

  private final ModelStore store;
  private final String stage;
  private final Predicate<Receipt> isWhole;

  /** Outputs that are JSON objects and name no others that the stage makes. */
  public Memo(ModelStore store, String stage) {
    this(store, stage, receipt -> true);
  }

  /**
   * Outputs that are JSON objects.
   *
   * @param isWhole says of a receipt whose outputs are there whether the objects are there that
   *     they name and that the stage makes too
   */
  public Memo(ModelStore store, String stage, Predicate<Receipt> isWhole) {
    this.store = store;
    this.stage = stage;
    this.isWhole = isWhole;
  }

  /** The receipt for these inputs, if there is one and all its outputs are there. */
  public Optional<Receipt> find(Digest inputs) {
    return store.receipts().find(stage, inputs).filter(this::holds);
  }

  /**
   * Leaves a receipt; who comes second gets that of the first.
   *
   * @throws CorruptObjectException if there is one that names other outputs, and these are missing
   */
  public Receipt record(
      Digest inputs, Map<Output, Digest> outputs, SortedMap<String, String> provenance) {
    Receipt mine = new Receipt(stage, inputs, new TreeMap<>(outputs), provenance);
    Receipt left = store.receipts().record(mine);
    if (!left.outputs().equals(mine.outputs()) && !holds(left)) {
      throw new CorruptObjectException(
          "Cannot use %s/%s: what it names is missing, %s, and made again it is %s; restore the missing objects from a copy, or delete this receipt to go on with the new ones"
              .formatted(
                  store.location().root(),
                  Receipts.name(stage, inputs),
                  left.outputs(),
                  mine.outputs()));
    }
    return left;
  }

  /**
   * The receipt for these inputs, its outputs made now if they are not there.
   *
   * @param provenance asked when they have been made
   */
  public Receipt get(
      Digest inputs,
      Supplier<Map<Output, Digest>> maker,
      Supplier<SortedMap<String, String>> provenance) {
    return find(inputs).orElseGet(() -> record(inputs, maker.get(), provenance.get()));
  }

  private boolean holds(Receipt receipt) {
    return receipt.outputs().values().stream()
            .allMatch(output -> store.objects().contains(output, JSON))
        && isWhole.test(receipt);
  }
}
