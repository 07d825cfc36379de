package dev.braid.demo.base;

import dev.braid.demo.draw.Chance;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The initial weights: each tensor is a function of the seed and its name.
 *
 * <p>Matrices preserve the variance of their inputs; those that write into the residual stream are
 * scaled down by the number of such matrices; norms are the identity.
 */
final class FirstWeights implements Weights {
  private static final double EMBEDDING = 0.02;
  private static final float SHARPNESS = (float) StrictMath.log(30);

  private final ClipConfig config;
  private final long seed;

  FirstWeights(ClipConfig config, long seed) {
    this.config = config;
    this.seed = seed;
  }

  @Override
  public List<TensorSpec> tensors() {
    return config.tensors();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (TensorSpec spec : tensors()) {
      reader.accept(new NamedTensor(spec, values(spec)));
    }
  }

  private float[] values(TensorSpec spec) {
    String name = spec.name();
    float[] values = new float[Math.toIntExact(spec.size())];
    if (name.equals(ClipConfig.LOGIT_SCALE)) {
      Arrays.fill(values, SHARPNESS);
    } else if (name.contains("norm") && name.endsWith("weight")) {
      Arrays.fill(values, 1);
    } else if (!name.endsWith("bias")) {
      Chance chance = Chance.of(seed, name);
      double deviation = deviation(spec);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * chance.normal());
      }
    }
    return values;
  }

  private double deviation(TensorSpec spec) {
    String name = spec.name();
    if (name.contains("embeddings") && !name.contains("patch")) {
      return EMBEDDING;
    }
    double inputs = spec.size() / (double) spec.shape().get(0);
    double keeping = 1 / StrictMath.sqrt(inputs);
    return name.contains("out_proj") || name.contains("fc2")
        ? keeping / StrictMath.sqrt(2 * layers(name))
        : keeping;
  }

  private int layers(String name) {
    return name.startsWith("text")
        ? config.text().encoder().layers()
        : config.vision().encoder().layers();
  }
}
