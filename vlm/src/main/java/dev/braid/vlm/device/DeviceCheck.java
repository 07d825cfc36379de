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

/** Whether a device trains as the CPU does, tried on two small made-up CLIPs. */
public final class DeviceCheck {
  private static final int END = 60;

  /*
   * Sums in another order differ in the sixth digit, products in bfloat16 in the third; what four
   * steps of AdamW make of it is up to ten times that. These trials in bfloat16 are up to 0.04 away
   * from those in float32; a step from moments that were lost is 1.5 away.
   */
  private static final double EXACT = 1e-3;
  private static final double COARSE = 0.2;

  private DeviceCheck() {}

  /**
   * A figure that both computed.
   *
   * @param distance length of the difference, divided by that of the CPU's
   * @param most the largest distance that rounding explains
   */
  public record Figure(String name, double distance, double most) {
    /** Whether both agree; what is not a number agrees with nothing. */
    public boolean agrees() {
      return distance <= most;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s differs by %.1e (at most %.0e)", name, distance, most);
    }
  }

  /** Computes everything on both; a handful of seconds on a CPU. */
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
   * Refuses a device that computes something else than the CPU.
   *
   * @throws IllegalStateException with the first figure that differs
   */
  public static void require(Device device) throws IOException {
    for (Figure figure : compare(device)) {
      if (!figure.agrees()) {
        throw new IllegalStateException(
            "it computes something else than the CPU: of a small CLIP %s".formatted(figure));
      }
    }
  }

  /** Both towers attend operation by operation. */
  private static ClipConfig fewTokens() {
    return config(/* imageSize= */ 16, /* contextLength= */ 12);
  }

  /** Both towers have the fused attention: 145 and 130 tokens. */
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
