package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ModelRecord;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Version;
import dev.braid.store.ModelStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A line of versions: where it stands, and what it is for life. */
public final class Line {
  /** CLIP's temperature, the one tensor that is never trained (METHODS 2.1). */
  private static final String UNTRAINED = "logit_scale";

  private final ModelStore store;
  private final Records records;
  private final LineId id;
  private final LineSettings begun;

  /**
   * A line of the store.
   *
   * @param begun what the line is if it has no version yet
   */
  public Line(ModelStore store, LineId id, LineSettings begun) {
    this.store = store;
    this.records = new Records(store);
    this.id = id;
    this.begun = begun;
  }

  /**
   * Where a line stands.
   *
   * @param version the newest, if there is one
   * @param model what answers; without tasks before the first version
   */
  public record Head(Optional<Version> version, ModelRecord model) {}

  /** The line's name. */
  public LineId id() {
    return id;
  }

  /** Where the line stands now. */
  public Head head() {
    Optional<Version> version = store.versions(id).head();
    return new Head(
        version, version.map(Version::model).map(records::model).orElseGet(this::blank));
  }

  /** The model of a line that has learned nothing. */
  private ModelRecord blank() {
    return new ModelRecord(
        space(), begun.strategy(), begun.truth(), begun.rescaler(), new TreeMap<>(), List.of());
  }

  /** Full fine-tuning: every tensor of the base but the temperature, sorted by name. */
  private ParameterSpace space() {
    Digest base = store.baseDigest();
    List<TensorSpec> trained =
        store.base().tensors().stream()
            .filter(tensor -> !tensor.name().equals(UNTRAINED))
            .sorted(Comparator.comparing(TensorSpec::name))
            .toList();
    return new ParameterSpace(base, new ParameterKind.Full(), trained);
  }
}
