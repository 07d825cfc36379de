package dev.braid.vlm.train;

import dev.braid.model.TensorSpec;
import java.util.List;

/**
 * A tensor to train.
 *
 * @param spans its elements that can change; all others never get a gradient
 */
public record Trainable(TensorSpec spec, List<Span> spans) {
  public Trainable {
    spans = List.copyOf(spans);
  }

  /** A tensor whose every element can change. */
  public static Trainable whole(TensorSpec spec) {
    return new Trainable(spec, List.of(new Span(0, Math.toIntExact(spec.size()))));
  }
}
