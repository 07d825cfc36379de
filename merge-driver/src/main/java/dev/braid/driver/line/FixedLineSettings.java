package dev.braid.driver.line;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Check;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permanent properties of a line, chosen when it begins.
 *
 * @param strategy how tasks are merged: "condu" or "pam"
 * @param lora the adapters that its tasks train; full fine-tuning if empty
 * @param mergeState of "condu"; without effect on "pam"
 * @param rescalerKind of "condu"; without effect on "pam"
 * @param pam the settings of "pam", empty for "condu"
 */
public record FixedLineSettings(
    String strategy,
    Optional<Lora> lora,
    MergeState mergeState,
    RescalerKind rescalerKind,
    Optional<PamSettings> pam) {
  /** The name of full fine-tuning, which trains every tensor except the scale of the logits. */
  public static final String FULL = "full";

  /** The name of training with low-rank adapters. */
  public static final String LORA = "lora";

  /** CLIP's temperature, the one tensor that is never trained (METHODS 2.1). */
  private static final String UNTRAINED = "logit_scale";

  private static final String SEPARATOR = ",";
  private static final String PAM_GROUP = "pam.";

  /**
   * Adapters (METHODS 2.1), whose scale is 1/√rank.
   *
   * @param targets suffixes of the names of the adapted linear layers
   * @param seed of the start that all tasks share
   */
  public record Lora(List<String> targets, int rank, long seed) {
    public Lora {
      targets = List.copyOf(targets);
      Check.argument(!targets.isEmpty(), "Invalid lora-targets: none (at least one)");
      Check.argument(rank > 0, "Invalid lora-rank: %s (at least 1)", rank);
    }

    /** Adapters on the linear layers in a comma-separated list. */
    public static Lora of(String targets, int rank, long seed) {
      List<String> names =
          List.of(targets.split(SEPARATOR)).stream()
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .toList();
      return new Lora(names, rank, seed);
    }

    private List<String> linears(List<TensorSpec> base) {
      return AdapterFactors.linears(base, targets);
    }
  }

  public FixedLineSettings {
    Check.argument(
        strategy.equals(ModelRecord.CONDU) || strategy.equals(ModelRecord.PAM),
        "Invalid strategy: %s (condu or pam)",
        strategy);
    Check.argument(
        pam.isPresent() == strategy.equals(ModelRecord.PAM),
        "Invalid strategy: %s (settings of pam: %s)",
        strategy,
        pam);
  }

  /** A line of a strategy other than "pam". */
  public FixedLineSettings(
      String strategy, Optional<Lora> lora, MergeState mergeState, RescalerKind rescalerKind) {
    this(strategy, lora, mergeState, rescalerKind, Optional.empty());
  }

  /** A line of strategy "pam". */
  public static FixedLineSettings pam(Optional<Lora> lora, PamSettings settings) {
    return new FixedLineSettings(
        ModelRecord.PAM,
        lora,
        MergeState.DECOUPLED,
        RescalerKind.TENSOR_MEAN,
        Optional.of(settings));
  }

  /** The properties of the line with this model; the seed of its adapters is unknown by then. */
  public static FixedLineSettings of(ModelRecord model) {
    Optional<Lora> lora =
        model.space().kind() instanceof ParameterKind.Adapter adapter
            ? Optional.of(new Lora(adapter.targets(), adapter.rank(), 0))
            : Optional.empty();
    return model.isOneForAll()
        ? pam(lora, PamSettings.of(model.settings()))
        : new FixedLineSettings(model.strategy(), lora, model.mergeState(), model.rescalerKind());
  }

  /** The settings by the names they have in reference.conf. */
  public SortedMap<String, String> toMap() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("strategy", strategy);
    map.put("train", lora.isPresent() ? LORA : FULL);
    pam.ifPresentOrElse(
        own -> own.toMap().forEach((name, value) -> map.put(PAM_GROUP + name, value)),
        () -> {
          map.put("truth", mergeState.label());
          map.put("rescaler", rescalerKind.label());
        });
    lora.ifPresent(
        adapters -> {
          map.put("lora-targets", String.join(SEPARATOR, adapters.targets()));
          map.put("lora-rank", Integer.toString(adapters.rank()));
          map.put("lora-seed", Long.toString(adapters.seed()));
        });
    return map;
  }

  /** The same line with the full names of its adapters' targets. */
  public FixedLineSettings resolved(List<TensorSpec> base) {
    return new FixedLineSettings(
        strategy,
        lora.map(given -> new Lora(given.linears(base), given.rank(), given.seed())),
        mergeState,
        rescalerKind,
        pam);
  }

  /**
   * Checks that the line can be trained on this base.
   *
   * @throws IllegalArgumentException if a target is no linear layer of the base, or the rank
   *     exceeds one of its dimensions
   */
  public void check(List<TensorSpec> base) {
    lora.ifPresent(
        given -> {
          var unused = AdapterFactors.of(base, given.linears(base), given.rank());
        });
  }

  /** The model of a line that has learned nothing. */
  public ModelRecord emptyModel(ParameterSpace space) {
    return pam.map(own -> ModelRecord.pam(space, own.toMap(), new TreeMap<>(), List.of()))
        .orElseGet(
            () ->
                new ModelRecord(
                    space, strategy, mergeState, rescalerKind, new TreeMap<>(), List.of()));
  }

  /** The parameter space of the line's tasks; stores the start of adapters. */
  ParameterSpace space(ModelStore store) {
    return space(store, lora);
  }

  /**
   * The parameter space of a training on a store's base; stores the start of adapters.
   *
   * @param lora the adapters; if empty, every tensor except the scale of the logits
   */
  public static ParameterSpace space(ModelStore store, Optional<Lora> lora) {
    List<TensorSpec> base = store.base().tensors();
    if (lora.isPresent()) {
      Lora given = lora.get();
      float scale = (float) (1 / Math.sqrt(given.rank()));
      return store.weights().adapterSpace(given.linears(base), given.rank(), scale, given.seed());
    }
    List<TensorSpec> trained =
        base.stream()
            .filter(tensor -> !tensor.name().equals(UNTRAINED))
            .sorted(Comparator.comparing(TensorSpec::name))
            .toList();
    return new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), trained);
  }
}
