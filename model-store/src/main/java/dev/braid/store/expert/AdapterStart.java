package dev.braid.store.expert;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.BaseRecord;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatWriter;
import java.util.List;
import java.util.Random;

/**
 * The one fixed start of a line's adapters (METHODS 2.1): A ~ N(0, 0.01²), B = 0.
 *
 * <p>It is drawn once and stored, and every task of the line begins with it, because deltas from
 * different starts cannot be merged.
 */
public final class AdapterStart {
  private static final double DEVIATION = 0.01;

  private final Blobs blobs;
  private final ShardCut cut;

  public AdapterStart(Blobs blobs, ShardCut cut) {
    this.blobs = blobs;
    this.cut = cut;
  }

  /** Draws the start from the seed, stores it and returns its digest; equal seeds, equal starts. */
  public Digest store(List<TensorSpec> factors, long seed) {
    // the only generator of the JDK whose normal deviates are specified bit by bit
    Random random = new Random(seed);
    long coordinates = factors.stream().mapToLong(TensorSpec::size).sum();
    try (FloatWriter writer = blobs.floatWriter(BaseRecord.spaceOf(factors), cut, coordinates)) {
      for (TensorSpec factor : factors) {
        boolean isDrawn = factor.name().endsWith(AdapterFactors.a(""));
        float[] values = new float[Math.toIntExact(factor.size())];
        for (int j = 0; isDrawn && j < values.length; j++) {
          values[j] = (float) (DEVIATION * random.nextGaussian());
        }
        writer.write(values);
      }
      return blobs.put(writer.finish());
    }
  }
}
