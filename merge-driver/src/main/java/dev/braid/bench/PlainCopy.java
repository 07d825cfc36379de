package dev.braid.bench;

import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** A vector's bytes in plain files as long as its shards, hashed on the way. */
final class PlainCopy implements StoreBench.Copy {
  /** What is written at once: larger pieces leave the cache before they are hashed. */
  private static final int PIECE = 1 << 16;

  private final Folder folder;
  private final long length;
  private final long fileLength;
  private final byte[] piece = new byte[PIECE];

  PlainCopy(Folder folder, ShardCut cut, long coordinates, float... row) {
    this.folder = folder;
    this.length = coordinates * Float.BYTES;
    this.fileLength = (long) cut.shardLength() * Float.BYTES;
    ByteBuffer bytes = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(row, 0, PIECE / Float.BYTES);
  }

  @Override
  public void write() {
    for (long start = 0; start < length; start += fileLength) {
      write(Long.toString(start), Math.min(length - start, fileLength));
    }
  }

  private void write(String name, long bytes) {
    String staged = name + ".part";
    MessageDigest hasher = Digest.sha256();
    try (NewFile out = folder.create(staged)) {
      for (long written = 0; written < bytes; written += PIECE) {
        int count = (int) Math.min(bytes - written, PIECE);
        out.write(piece, 0, count);
        hasher.update(piece, 0, count);
      }
    }
    var unused = Digest.finish(hasher);
    folder.move(staged, name);
  }

  @Override
  public void read() {
    for (String name : folder.names("")) {
      var unused = folder.digest(name);
    }
  }
}
