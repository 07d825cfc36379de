package dev.braid.jobs;

import dev.braid.model.Digest;
import dev.braid.model.Receipt;
import dev.braid.store.ModelStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The one output of a stage: made once for the same inputs, found by its receipt ever after. */
record Made(ModelStore store, String stage, String output) {
  /** The output that was made, if it was. */
  Optional<Digest> find(Digest inputs) {
    return store.receipts().find(stage, inputs).map(this::of);
  }

  /** Leaves a receipt; who comes second gets the output of the first. */
  Digest record(Digest inputs, Digest made) {
    return of(
        store
            .receipts()
            .record(
                new Receipt(stage, inputs, new TreeMap<>(Map.of(output, made)), new TreeMap<>())));
  }

  /** The output for these inputs, made now if there is none. */
  Digest get(Digest inputs, Supplier<Digest> maker) {
    return find(inputs).orElseGet(() -> record(inputs, maker.get()));
  }

  private Digest of(Receipt receipt) {
    Digest made = receipt.outputs().get(output);
    if (made == null) {
      throw new IllegalStateException(
          "receipt %s of %s names no %s".formatted(receipt.inputs(), stage, output));
    }
    return made;
  }
}
