package dev.braid.merge;

import dev.braid.model.Bits;
import java.util.ArrayList;
import java.util.List;

/**
 * The one-shot merge of all deltas of a row, straight from METHODS 2.2: the plain form that truth
 * {@code deltas} reaches step by step.
 *
 * @param masks per task where its delta agrees with the elected sign
 */
@SuppressWarnings("ArrayRecordComponent") // rows are handed over once and never compared
public record OneShot(float[] unified, List<byte[]> masks) {
  public OneShot {
    masks = List.copyOf(masks);
  }

  /** Unifies the deltas, given in version order. */
  public static OneShot of(List<float[]> deltas) {
    int coordinates = deltas.get(0).length;
    float[] unified = new float[coordinates];
    List<byte[]> masks = new ArrayList<>();
    deltas.forEach(delta -> masks.add(Bits.row(coordinates)));
    for (int j = 0; j < coordinates; j++) {
      boolean positive = sum(deltas, j) > 0;
      for (int task = 0; task < deltas.size(); task++) {
        float value = deltas.get(task)[j];
        if (positive ? value > 0 : value < 0) {
          Bits.set(masks.get(task), j);
          unified[j] = Math.abs(value) > Math.abs(unified[j]) ? value : unified[j];
        }
      }
    }
    return new OneShot(unified, masks);
  }

  private static float sum(List<float[]> deltas, int coordinate) {
    float sum = 0;
    for (float[] delta : deltas) {
      sum += delta[coordinate];
    }
    return sum;
  }
}
