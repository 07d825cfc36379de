package dev.braid.store;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.expert.AdaptedWeights;
import dev.braid.store.expert.AdapterStart;
import dev.braid.store.expert.AdapterVector;
import dev.braid.store.expert.AdapterWeights;
import dev.braid.store.expert.DecoupledDelta;
import dev.braid.store.expert.Expert;
import dev.braid.store.expert.FoldedAdapter;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.VectorWeights;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The tensors that a store's base and deltas add up to, read when they are needed. */
public final class ModelWeights {
  private final ModelStore store;
  private final Blobs blobs;

  ModelWeights(ModelStore store) {
    this.store = store;
    this.blobs = store.blobs();
  }

  /** The base's tensors. */
  public Weights base() {
    Blob weights = blobs.get(store.info().weights());
    return new VectorWeights(store.base().tensors(), () -> blobs.floats(weights));
  }

  /**
   * A task's delta in a model, over the tensors of the model's space: the decoupled one, or the
   * delta that all tasks share.
   */
  public Weights delta(ModelRecord model, TaskId task) {
    return new VectorWeights(model.space().tensors(), merged(model, task));
  }

  /** A task's expert in a model: the base plus {@link #delta}. */
  public Weights expert(ModelRecord model, TaskId task) {
    return baseAnd(model.space(), merged(model, task));
  }

  /**
   * The factors of a task's adapter in a model whose tasks train adapters: with them, the base is
   * the task's expert.
   *
   * @throws IllegalArgumentException if the tasks train all weights
   */
  public Weights adapter(ModelRecord model, TaskId task) {
    if (checked(model.space()).kind() instanceof ParameterKind.Adapter kind) {
      return new AdapterWeights(model.space(), adapter(kind, Optional.of(merged(model, task))));
    }
    throw new IllegalArgumentException(
        "Cannot write an adapter: the tasks of this line train all weights");
  }

  /** The base plus a delta as it was trained. */
  public Weights tuned(ParameterSpace space, Blob delta) {
    return baseAnd(space, values(space, delta));
  }

  private Weights baseAnd(ParameterSpace space, Supplier<FloatReader> delta) {
    return checked(space).kind() instanceof ParameterKind.Adapter kind
        ? new FoldedAdapter(base(), space, adapter(kind, Optional.of(delta)))
        : new Expert(base(), space, delta);
  }

  /**
   * The weights that a training in this space begins with: the base, and for an adapter also its
   * factors.
   *
   * @param delta added to the base first, if the training continues another one
   */
  public Weights start(ParameterSpace space, Optional<Blob> delta) {
    Optional<Supplier<FloatReader>> values = delta.map(blob -> values(space, blob));
    if (checked(space).kind() instanceof ParameterKind.Adapter kind) {
      return new AdaptedWeights(base(), space, adapter(kind, values));
    }
    return values.<Weights>map(given -> new Expert(base(), space, given)).orElseGet(this::base);
  }

  /**
   * The parameter space of adapters on these linears of the base; their start is drawn from the
   * seed and stored.
   *
   * @param linears names without ".weight", in the base's order
   * @param rank columns of the factor B
   * @param scale factor of the adapter's product
   */
  public ParameterSpace adapterSpace(List<String> linears, int rank, float scale, long seed) {
    List<TensorSpec> factors = AdapterFactors.of(store.base().tensors(), linears, rank);
    Digest start = new AdapterStart(blobs, store.info().cut()).store(factors, seed);
    return new ParameterSpace(
        store.baseDigest(), new ParameterKind.Adapter(linears, rank, scale, start), factors);
  }

  private AdapterVector adapter(ParameterKind.Adapter kind, Optional<Supplier<FloatReader>> delta) {
    Blob start = blobs.get(kind.start());
    return new AdapterVector(() -> blobs.floats(start), delta);
  }

  private Supplier<FloatReader> values(ParameterSpace space, Blob delta) {
    Check.argument(
        delta.space().equals(space.digest()), "Invalid delta: it is of another parameter space");
    return () -> blobs.floats(delta);
  }

  private Supplier<FloatReader> merged(ModelRecord model, TaskId task) {
    Learned learned =
        model
            .learned(task)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("Invalid task: %s (not learned)".formatted(task)));
    return model
        .global()
        .map(blobs::get)
        .map(delta -> values(model.space(), delta))
        .orElseGet(
            () ->
                new DecoupledDelta(blobs, model, learned, store.records().task(learned.record()))
                    ::open);
  }

  private ParameterSpace checked(ParameterSpace space) {
    Check.argument(
        space.base().equals(store.baseDigest()),
        "Invalid parameter space: it is of base %s (this store's is %s)",
        space.base().abbreviated(),
        store.baseDigest().abbreviated());
    return space;
  }
}
