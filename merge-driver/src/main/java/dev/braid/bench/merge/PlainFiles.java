package dev.braid.bench.merge;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Reads files and writes others as one would without a store: hashed, forced to the disk, moved.
 */
final class PlainFiles {
  private static final String PLAIN = "plain/";

  private final Folder folder;
  private final Slots slots;
  private final byte[] bytes = new byte[4 << 20];

  PlainFiles(Folder folder, Slots slots) {
    this.folder = folder;
    this.slots = slots;
    new Random(1).nextBytes(bytes);
  }

  /**
   * What one thread does at a time.
   *
   * @param inputs names of files to read
   * @param outputs lengths of files to write
   */
  record Piece(List<String> inputs, List<Long> outputs) {}

  /** The seconds of all pieces; what they write is deleted. */
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
    piece.outputs().forEach(this::write);
    return true;
  }

  private void write(long length) {
    String name = PLAIN + UUID.randomUUID();
    MessageDigest hasher = Digest.sha256();
    try (NewFile out = folder.create(name + ".part")) {
      for (long written = 0; written < length; written += bytes.length) {
        int count = (int) Math.min(length - written, bytes.length);
        out.write(bytes, 0, count);
        hasher.update(bytes, 0, count);
      }
    }
    var unused = Digest.finish(hasher);
    folder.move(name + ".part", name);
  }
}
