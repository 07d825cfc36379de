package dev.braid.bench;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.FloatWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes and reads a vector in a store. */
final class VectorCopy implements StoreBench.Copy {
  private static final Digest SPACE = Digest.of(new byte[0]);

  private final Folder folder;
  private final ShardCut cut;
  private final long coordinates;
  private final float[] row;
  private @Nullable Blob written;

  VectorCopy(Folder folder, ShardCut cut, long coordinates, float... row) {
    this.folder = folder;
    this.cut = cut;
    this.coordinates = coordinates;
    this.row = row.clone();
  }

  @Override
  public void write() {
    try (FloatWriter writer = blobs().floatWriter(SPACE, cut, coordinates)) {
      long left = coordinates;
      for (; left >= row.length; left -= row.length) {
        row[0] = left; // makes the shards differ, because equal ones would be stored once
        writer.write(row);
      }
      writer.write(Arrays.copyOf(row, (int) left));
      written = writer.finish();
    }
  }

  @Override
  public void read() {
    Blob blob = Objects.requireNonNull(written, "nothing is written yet");
    float[] values = new float[row.length];
    try (FloatReader reader = blobs().floats(blob)) {
      for (long left = coordinates; left > 0; left -= values.length) {
        if (left < values.length) {
          values = new float[(int) left];
        }
        reader.read(values);
      }
    }
  }

  /** A new instance each time, because an object store remembers which files it has checked. */
  private Blobs blobs() {
    return new Blobs(new HadoopObjects(folder));
  }
}
