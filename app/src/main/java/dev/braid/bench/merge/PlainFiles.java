package dev.braid.bench.merge;

import dev.braid.bench.PlainFile;
import dev.braid.store.file.Folder;
import java.util.List;
import java.util.UUID;

/** Reads and writes files of the merge's lengths the way a program without a store does. */
final class PlainFiles {
  private static final String PLAIN = "plain/";

  private final Folder folder;
  private final Slots slots;

  PlainFiles(Folder folder, Slots slots) {
    this.folder = folder;
    this.slots = slots;
  }

  /**
   * The work of one thread at a time.
   *
   * @param inputs names of files to read
   * @param outputs lengths of files to write
   */
  record Piece(List<String> inputs, List<Long> outputs) {}

  /** The seconds of all pieces; deletes what they write. */
  double seconds(List<Piece> pieces) {
    double seconds =
        Slots.seconds(
            () -> {
              var unused = slots.map(pieces, this::copy);
            });
    folder.delete(PLAIN);
    return seconds;
  }

  private boolean copy(Piece piece) {
    for (String input : piece.inputs()) {
      var unused = folder.digest(input);
    }
    piece.outputs().forEach(length -> PlainFile.write(folder, PLAIN + UUID.randomUUID(), length));
    return true;
  }
}
