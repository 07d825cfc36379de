package dev.braid.bench;

import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;

/** Writes and reads as many bytes as a vector has, in plain files of its shards' length. */
final class PlainCopy implements StoreBench.Copy {
  private final Folder folder;
  private final long length;
  private final long fileLength;

  PlainCopy(Folder folder, ShardCut cut, long coordinates) {
    this.folder = folder;
    this.length = coordinates * Float.BYTES;
    this.fileLength = (long) cut.shardLength() * Float.BYTES;
  }

  @Override
  public void write() {
    for (long start = 0; start < length; start += fileLength) {
      PlainFile.write(folder, Long.toString(start), Math.min(length - start, fileLength));
    }
  }

  @Override
  public void read() {
    for (String name : folder.names("")) {
      var unused = folder.digest(name);
    }
  }
}
