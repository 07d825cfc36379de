package dev.braid.vlm.clip.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What wrappers of a model put before the names of all its tensors.
 *
 * <p>{@code module.} is from data-parallel training, {@code _orig_mod.} from a compiled model,
 * {@code clip.} and {@code model.} from programs that hold a CLIP in a field.
 */
final class TensorPrefix {
  private static final List<String> KNOWN = List.of("clip.", "model.", "module.", "_orig_mod.");

  private TensorPrefix() {}

  /** The longest sequence of known prefixes that all names share; empty if there is none. */
  static String of(Set<String> names) {
    StringBuilder prefix = new StringBuilder();
    for (Optional<String> next = next(names, ""); next.isPresent(); ) {
      prefix.append(next.get());
      next = next(names, prefix.toString());
    }
    return prefix.toString();
  }

  private static Optional<String> next(Set<String> names, String prefix) {
    return names.isEmpty()
        ? Optional.empty()
        : KNOWN.stream()
            .filter(known -> names.stream().allMatch(name -> name.startsWith(prefix + known)))
            .findFirst();
  }
}
