package dev.braid.model;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ordered list of the tensors that are trained, flattened in this order to one long vector.
 *
 * <p>Deltas can be merged only if their spaces have the same base, kind and list, and therefore the
 * same digest.
 *
 * @param base digest of the base (its tensors, configuration, tokenizer and preprocessor)
 */
public record ParameterSpace(Digest base, ParameterKind kind, List<TensorSpec> tensors)
    implements Serializable {
  public ParameterSpace {
    tensors = List.copyOf(tensors);
    Check.argument(!tensors.isEmpty(), "Invalid parameter space: no tensors (at least one)");
    Set<String> names = new HashSet<>();
    for (TensorSpec tensor : tensors) {
      Check.argument(names.add(tensor.name()), "Invalid parameter space: two %s", tensor.name());
    }
  }

  /** The length of the flattened vector. */
  public long coordinates() {
    return tensors.stream().mapToLong(TensorSpec::size).reduce(0L, Math::addExact);
  }

  /** The digest over base, kind and list; equal digests mean that deltas may be merged. */
  public Digest digest() {
    StringBuilder text = new StringBuilder("parameter-space\n").append(base).append('\n');
    appendKind(text);
    for (TensorSpec tensor : tensors) {
      text.append(tensor.name()).append(' ').append(tensor.shape()).append('\n');
    }
    return Digest.of(text.toString());
  }

  private void appendKind(StringBuilder text) {
    if (kind instanceof ParameterKind.Adapter adapter) {
      text.append("adapter ").append(adapter.rank());
      text.append(' ').append(Float.floatToIntBits(adapter.scale()));
      text.append(' ').append(adapter.start()).append('\n');
      adapter.targets().forEach(target -> text.append("target ").append(target).append('\n'));
    } else {
      text.append("full\n");
    }
  }
}
