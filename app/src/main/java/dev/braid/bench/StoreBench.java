package dev.braid.bench;

import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Writes and reads a vector in alternation with plain files of the same bytes.
 *
 * <p>Both sides hash what they write and read, force every file to disk and move it into place, in
 * files of the same length. The sides take turns in going first.
 */
public final class StoreBench {
  private static final int TURNS = 7;
  private static final ShardCut CUT = ShardCut.DEFAULT;
  private static final String PLAIN = "plain";
  private static final String STORE = "store";
  private static final String SYNC_FILE = "settled";

  private final Folder folder;
  private final long coordinates;
  private final Consumer<String> progress;
  private final Copy plain;
  private final Copy vector;

  /**
   * Creates a comparison.
   *
   * @param folder where both sides write; its content is deleted
   * @param coordinates the number of float32 values of the vector
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

  /** Runs the comparison. */
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
          "round %d of %d: written at %s, read at %s"
              .formatted(
                  turn,
                  TURNS,
                  relativeSpeed(ofVector.write(), ofPlain.write()),
                  relativeSpeed(ofVector.read(), ofPlain.read())));
    }
    folder.delete("");
    return new StoreComparison(
        coordinates * Float.BYTES,
        TURNS,
        Speed.Ratios.of(writing),
        Speed.Ratios.of(reading),
        Speed.Ratios.of(both));
  }

  /** Empties the folder first, because the side that writes second gets slower memory. */
  private Costs costs(Copy copy) {
    folder.delete("");
    folder.create(SYNC_FILE).close(); // returns when the disk has completed the deletions
    return new Costs(Cost.of(copy::write), Cost.of(copy::read));
  }

  private String relativeSpeed(Cost vector, Cost plain) {
    double megabytes = coordinates * Float.BYTES / 1e6;
    return "%.2f times the copy's %.0f MB/s"
        .formatted(Speed.of(vector, plain).time(), megabytes / plain.seconds());
  }

  /** One way to write and read the same bytes. */
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
