package dev.braid.bench;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import java.security.MessageDigest;
import java.util.Random;

/**
 * Writes a file the way a program without a store does: hashed, forced to disk, moved into place.
 */
public final class PlainFile {
  /** Bytes per write: larger pieces leave the cache before they are hashed. */
  private static final int PIECE = 1 << 16;

  private static final byte[] BYTES = new byte[PIECE];

  static {
    new Random(1).nextBytes(BYTES);
  }

  private PlainFile() {}

  /** Writes a file of this length. */
  public static void write(Folder folder, String name, long length) {
    String staged = name + ".part";
    MessageDigest hasher = Digest.sha256();
    try (NewFile out = folder.create(staged)) {
      for (long written = 0; written < length; written += PIECE) {
        int count = (int) Math.min(length - written, PIECE);
        out.write(BYTES, 0, count);
        hasher.update(BYTES, 0, count);
      }
    }
    var unused = Digest.finish(hasher);
    folder.move(staged, name);
  }
}
