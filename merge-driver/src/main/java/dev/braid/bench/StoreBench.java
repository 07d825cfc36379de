package dev.braid.bench;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.store.Blobs;
import dev.braid.store.FloatReader;
import dev.braid.store.FloatWriter;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.object.HadoopObjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Writes and reads a vector by turns with plain files of the same bytes.
 *
 * <p>Both sides hash what they write and what they read, force every file to the disk and move it
 * into place, in files of the same length.
 */
public final class StoreBench {
  private static final int TURNS = 5;
  private static final Digest SPACE = Digest.of(new byte[0]);
  private static final ShardCut CUT = ShardCut.DEFAULT;
  private static final String PLAIN = "plain/";

  private final Folder folder;
  private final long coordinates;
  private final Consumer<String> progress;
  private final float[] values = new float[CUT.rowLength()];
  private final ByteBuffer bytes =
      ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * A comparison.
   *
   * @param folder where both sides write; what is in it is deleted
   * @param coordinates the length of the vector, of float32
   */
  public StoreBench(Folder folder, long coordinates, Consumer<String> progress) {
    this.folder = folder;
    this.coordinates = coordinates;
    this.progress = progress;
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 1e-3f;
    }
    bytes.asFloatBuffer().put(values);
  }

  /** Compares. */
  public StoreComparison compare() {
    double[] writing = new double[TURNS];
    double[] reading = new double[TURNS];
    double[] both = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      folder.delete("");
      double plainWrite = seconds(this::writePlain);
      Blob[] blob = new Blob[1];
      double write = seconds(() -> blob[0] = writeVector());
      double plainRead = seconds(this::readPlain);
      double read = seconds(() -> readVector(blob[0]));
      writing[turn] = plainWrite / write;
      reading[turn] = plainRead / read;
      both[turn] = (plainWrite + plainRead) / (write + read);
      progress.accept(
          "turn %d of %d: written at %.2f of a copy's speed, read at %.2f"
              .formatted(turn + 1, TURNS, writing[turn], reading[turn]));
    }
    folder.delete("");
    return new StoreComparison(
        coordinates * Float.BYTES, Ratio.of(writing), Ratio.of(reading), Ratio.of(both));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private Blob writeVector() {
    try (FloatWriter writer = blobs().floatWriter(SPACE, CUT, coordinates)) {
      long left = coordinates;
      for (; left >= values.length; left -= values.length) {
        values[0] = left; // no shard is another's twin, which would be stored once
        writer.write(values);
      }
      writer.write(java.util.Arrays.copyOf(values, (int) left));
      return writer.finish();
    }
  }

  private void readVector(Blob blob) {
    float[] read = new float[values.length];
    try (FloatReader reader = blobs().floats(blob)) {
      for (long left = coordinates; left > 0; left -= read.length) {
        if (left < read.length) {
          read = new float[(int) left];
        }
        reader.read(read);
      }
    }
  }

  /** Every time another one: an object store remembers which files it has checked. */
  private Blobs blobs() {
    return new Blobs(new HadoopObjects(folder));
  }

  private void writePlain() {
    long left = coordinates * Float.BYTES;
    for (int file = 0; left > 0; file++) {
      String name = PLAIN + file;
      MessageDigest hasher = Digest.sha256();
      long length = Math.min(left, (long) CUT.shardLength() * Float.BYTES);
      try (NewFile out = folder.create(name + ".part")) {
        for (long written = 0; written < length; written += bytes.capacity()) {
          int count = (int) Math.min(length - written, bytes.capacity());
          out.write(bytes.array(), 0, count);
          hasher.update(bytes.array(), 0, count);
        }
      }
      var unused = Digest.finish(hasher);
      folder.move(name + ".part", name);
      left -= length;
    }
  }

  private void readPlain() {
    for (String name : folder.names(PLAIN)) {
      var unused = folder.digest(PLAIN + name);
    }
  }
}
