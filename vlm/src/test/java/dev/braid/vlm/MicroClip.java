package dev.braid.vlm;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.checkpoint.Activation;
import dev.braid.vlm.checkpoint.ClipConfig;
import dev.braid.vlm.checkpoint.EncoderConfig;
import dev.braid.vlm.checkpoint.TextConfig;
import dev.braid.vlm.checkpoint.VisionConfig;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** A CLIP of a few thousand parameters, whose two towers differ in every size. */
public final class MicroClip {
  public static final int END = 19;

  private MicroClip() {}

  public static ClipConfig config() {
    return config(Activation.QUICK_GELU);
  }

  static ClipConfig config(Activation activation) {
    return new ClipConfig(
        new TextConfig(new EncoderConfig(6, 10, 2, 3, activation, 1e-5), 20, 7, END, END),
        new VisionConfig(new EncoderConfig(8, 16, 3, 2, activation, 1e-5), 8, 4),
        5);
  }

  /** Made-up weights: large enough that every part of the network matters. */
  public static Weights weights(ClipConfig config, long seed) {
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return config.tensors();
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        Random random = new Random(seed);
        for (TensorSpec spec : tensors()) {
          reader.accept(new NamedTensor(spec, values(spec, random)));
        }
      }
    };
  }

  private static float[] values(TensorSpec spec, Random random) {
    float centre = spec.name().contains("norm") && spec.name().endsWith("weight") ? 1 : 0;
    centre = spec.name().equals(ClipConfig.LOGIT_SCALE) ? 2 : centre;
    float[] values = new float[(int) spec.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + 0.3f * (float) random.nextGaussian();
    }
    return values;
  }

  /** Made-up pixels of n pictures. */
  public static float[] pixels(int n, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[n * 3 * 8 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }

  /** Three texts of different lengths, padded with their end token. */
  public static List<int[]> texts() {
    return List.of(
        new int[] {18, 3, 4, END, END, END, END},
        new int[] {18, 5, END, END, END, END, END},
        new int[] {18, 4, 4, 7, 1, END, END});
  }
}
