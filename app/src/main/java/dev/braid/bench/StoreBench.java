package dev.braid.bench;

import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Writes and reads a vector by turns with plain files of the same bytes.
 *
 * <p>Both sides hash what they write and what they read, force every file to the disk and move it
 * into place, in files of the same length. Who begins changes from turn to turn.
 */
public final class StoreBench {
  private static final int TURNS = 7;
  private static final ShardCut CUT = ShardCut.DEFAULT;
  private static final String PLAIN = "plain";
  private static final String STORE = "store";
  private static final String SETTLED = "settled";

  private final Folder folder;
  private final long coordinates;
  private final Consumer<String> progress;
  private final Copy plain;
  private final Copy vector;

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
    this.plain = new PlainCopy(folder.folder(PLAIN), CUT, coordinates);
    this.vector = new VectorCopy(folder.folder(STORE), CUT, coordinates, row());
  }

  private static float[] row() {
    Random random = new Random(1);
    float[] row = new float[CUT.rowLength()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) random.nextGaussian() * 1e-3f;
    }
    return row;
  }

  /** Compares. */
  public StoreComparison compare() {
    List<Speed> writing = new ArrayList<>();
    List<Speed> reading = new ArrayList<>();
    List<Speed> both = new ArrayList<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      boolean plainBegins = turn % 2 == 1;
      Costs first = costs(plainBegins ? plain : vector);
      Costs second = costs(plainBegins ? vector : plain);
      Costs ofPlain = plainBegins ? first : second;
      Costs ofVector = plainBegins ? second : first;
      writing.add(Speed.of(ofVector.write(), ofPlain.write()));
      reading.add(Speed.of(ofVector.read(), ofPlain.read()));
      both.add(Speed.of(ofVector.both(), ofPlain.both()));
      progress.accept(
          "turn %d of %d: written at %s, read at %s"
              .formatted(
                  turn,
                  TURNS,
                  told(ofVector.write(), ofPlain.write()),
                  told(ofVector.read(), ofPlain.read())));
    }
    folder.delete("");
    return new StoreComparison(
        coordinates * Float.BYTES,
        TURNS,
        Speed.Ratios.of(writing),
        Speed.Ratios.of(reading),
        Speed.Ratios.of(both));
  }

  /** Both sides begin with the same empty folder: who writes second gets slower memory. */
  private Costs costs(Copy copy) {
    folder.delete("");
    folder.create(SETTLED).close(); // returns when the disk has done what deleting gave it to do
    return new Costs(Cost.of(copy::write), Cost.of(copy::read));
  }

  private String told(Cost vector, Cost plain) {
    double megabytes = coordinates * Float.BYTES / 1e6;
    return "%.2f of a copy's %.0f MB/s"
        .formatted(Speed.of(vector, plain).time(), megabytes / plain.seconds());
  }

  /** The same bytes, written and read in one way. */
  interface Copy {
    void write();

    void read();
  }

  private record Costs(Cost write, Cost read) {
    Cost both() {
      return write.plus(read);
    }
  }
}
