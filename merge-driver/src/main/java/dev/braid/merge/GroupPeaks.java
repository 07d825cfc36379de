package dev.braid.merge;

import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The largest magnitudes, one per group of tensors; 0 if a group has none. */
public final class GroupPeaks implements Serializable {
  private final float[] peaks;

  GroupPeaks(float[] peaks) {
    this.peaks = peaks;
  }

  /** The largest |value| of each group over the coordinates of a row that the mask covers. */
  public static GroupPeaks ofRow(float[] values, byte[] mask, RowGroups groups) {
    float[] peaks = new float[groups.count()];
    for (Run run : groups.runs()) {
      float peak = peaks[run.group()];
      for (int j = run.from(); j < run.to(); j++) {
        if (Bits.get(mask, j)) {
          peak = Math.max(peak, Math.abs(values[j]));
        }
      }
      peaks[run.group()] = peak;
    }
    return new GroupPeaks(peaks);
  }

  /** The maximum of both, group by group. */
  public GroupPeaks plus(GroupPeaks other) {
    float[] larger = peaks.clone();
    for (int group = 0; group < larger.length; group++) {
      larger[group] = Math.max(larger[group], other.peaks[group]);
    }
    return new GroupPeaks(larger);
  }

  /**
   * The first group with a value that exceeds float32 after rescaling.
   *
   * @param lambda one rescaler for all groups, or one per group
   */
  public OptionalInt firstBeyond(List<Float> lambda) {
    return IntStream.range(0, peaks.length)
        .filter(group -> !Float.isFinite(peaks[group] * lambda.get(lambda.size() == 1 ? 0 : group)))
        .findFirst();
  }

  @Override
  public String toString() {
    return Arrays.toString(peaks);
  }
}
