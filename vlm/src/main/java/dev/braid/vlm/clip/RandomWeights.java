package dev.braid.vlm.clip;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded random weights with the deviation of CLIP's own initialisation. */
public final class RandomWeights implements Weights {
  private static final float DEVIATION = 0.02f;
  private static final float LOGIT_SCALE = (float) Math.log(1 / 0.07);

  private final List<TensorSpec> tensors;

  /** Random weights for these tensors. */
  public RandomWeights(List<TensorSpec> tensors) {
    this.tensors = List.copyOf(tensors);
  }

  @Override
  public List<TensorSpec> tensors() {
    return tensors;
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (int i = 0; i < tensors.size(); i++) {
      reader.accept(new NamedTensor(tensors.get(i), values(tensors.get(i), i)));
    }
  }

  private static float[] values(TensorSpec spec, long seed) {
    boolean gain = spec.name().contains("norm") && spec.name().endsWith("weight");
    float centre = spec.shape().isEmpty() ? LOGIT_SCALE : gain ? 1 : 0;
    return uniform(Math.toIntExact(spec.size()), seed, centre, DEVIATION);
  }

  /** Uniform values around a centre, with this standard deviation. */
  public static float[] uniform(int n, long seed, float centre, float deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    // A uniform value between -2^31 and 2^31 has the deviation 2^31 / sqrt(3).
    float scale = deviation * (float) (Math.sqrt(3) / (1L << 31));
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = centre + scale * random.nextInt();
    }
    return values;
  }
}
