package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * The content of the pre-trained model of a store; the digest of its canonical JSON is the base's
 * digest.
 *
 * <p>It covers only content, not how a store cuts its vectors or where it keeps the weights, so the
 * same base has the same digest in every store.
 *
 * @param content the tensors, in the order in which they are flattened
 * @param files digests of the checkpoint's other files, by name, such as "config.json"
 */
public record BaseRecord(List<Tensor> content, SortedMap<String, Digest> files)
    implements Serializable {
  /**
   * A tensor's name, shape and content.
   *
   * @param values digest of its values: row-major, little-endian float32
   */
  public record Tensor(TensorSpec spec, Digest values) implements Serializable {
    /** The tensor with the digest of its values. */
    public static Tensor of(NamedTensor tensor) {
      return new Tensor(tensor.spec(), Digest.of(tensor.values()));
    }
  }

  public BaseRecord {
    content = List.copyOf(content);
    files = Copies.of(files);
    Check.argument(!content.isEmpty(), "Invalid base: no tensors (at least one)");
  }

  /** Names and shapes of the tensors. */
  public List<TensorSpec> tensors() {
    return content.stream().map(Tensor::spec).toList();
  }

  /** The digest that a blob over exactly these tensors names as its space. */
  public static Digest spaceOf(List<TensorSpec> tensors) {
    StringBuilder text = new StringBuilder("tensors\n");
    for (TensorSpec tensor : tensors) {
      text.append(tensor.name()).append(' ').append(tensor.shape()).append('\n');
    }
    return Digest.of(text.toString());
  }
}
