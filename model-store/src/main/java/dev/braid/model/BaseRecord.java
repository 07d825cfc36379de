package dev.braid.model;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * The pre-trained model a store was made for; the digest of its canonical JSON is the base's
 * digest.
 *
 * @param weights digest of the blob over all tensors, in the order of the list
 * @param files digests of the checkpoint's other files, by name, such as "config.json"
 */
public record BaseRecord(Digest weights, List<TensorSpec> tensors, SortedMap<String, Digest> files)
    implements Serializable {
  public BaseRecord {
    tensors = List.copyOf(tensors);
    files = Copies.of(files);
    Check.argument(!tensors.isEmpty(), "Invalid base: no tensors (at least one)");
  }

  /** What a blob over exactly these tensors names as its space. */
  public static Digest spaceOf(List<TensorSpec> tensors) {
    StringBuilder text = new StringBuilder("tensors\n");
    for (TensorSpec tensor : tensors) {
      text.append(tensor.name()).append(' ').append(tensor.shape()).append('\n');
    }
    return Digest.of(text.toString());
  }
}
