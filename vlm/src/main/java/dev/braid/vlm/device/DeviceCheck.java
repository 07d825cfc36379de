package dev.braid.vlm.device;

import static java.util.Objects.requireNonNull;

import dev.braid.vlm.clip.checkpoint.Activation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.EncoderConfig;
import dev.braid.vlm.clip.checkpoint.TextConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks that a device trains as the CPU does, on two small random CLIPs. */
public final class DeviceCheck {
  private static final int END = 60;

  /*
   * Sums in another order differ in the sixth digit, products in bfloat16 in the third; four steps of
   * AdamW amplify that up to ten times. Trials in bfloat16 are up to 0.04 away from trials in float32;
   * a step from lost moments is 1.5 away.
   */
  private static final double EXACT = 1e-3;
  private static final double COARSE = 0.2;

  private DeviceCheck() {}

  /**
   * A result of both devices, compared.
   *
   * @param distance the norm of the difference, divided by the norm of the CPU's result
   * @param most the largest distance that rounding explains
   */
  public record Figure(String name, double distance, double most) {
    /** Whether both agree; a distance of NaN does not. */
    public boolean agrees() {
      return distance <= most;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s differs by %.1e (at most %.0e)", name, distance, most);
    }
  }

  /** Computes all results on both devices, which takes a few seconds on a CPU. */
  public static List<Figure> compare(Device device) throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (ClipConfig config : List.of(fewTokens(), manyTokens())) {
      for (Compute compute : Compute.values()) {
        Map<String, float[]> expected = new DeviceTrial(Device.CPU, config, compute).run();
        Map<String, float[]> actual = new DeviceTrial(device, config, compute).run();
        double most = compute == Compute.FLOAT32 ? EXACT : COARSE;
        expected.forEach(
            (name, values) ->
                figures.add(
                    new Figure(
                        "%s in %s".formatted(name, compute),
                        distance(requireNonNull(actual.get(name)), values),
                        most)));
      }
    }
    return figures;
  }

  /**
   * Refuses a device whose results differ from those of the CPU.
   *
   * @throws IllegalStateException with the first figure that differs
   */
  public static void require(Device device) throws IOException {
    for (Figure figure : compare(device)) {
      if (!figure.agrees()) {
        throw new IllegalStateException(
            "its results differ from those of the CPU: on a small CLIP, %s".formatted(figure));
      }
    }
  }

  /** Both towers use the plain attention. */
  private static ClipConfig fewTokens() {
    return config(/* imageSize= */ 16, /* contextLength= */ 12);
  }

  /** Both towers use the fused attention: they have 145 and 130 tokens. */
  private static ClipConfig manyTokens() {
    return config(/* imageSize= */ 48, /* contextLength= */ 130);
  }

  private static ClipConfig config(int imageSize, int contextLength) {
    EncoderConfig text = new EncoderConfig(32, 64, 2, 2, Activation.GELU, 1e-5);
    EncoderConfig vision = new EncoderConfig(48, 96, 2, 3, Activation.QUICK_GELU, 1e-5);
    return new ClipConfig(
        new TextConfig(text, END + 1, contextLength, END, END),
        new VisionConfig(vision, imageSize, 4),
        24);
  }

  private static double distance(float[] actual, float[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / length);
  }
}
