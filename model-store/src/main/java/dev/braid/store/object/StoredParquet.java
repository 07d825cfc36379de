package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.store.object.ObjectStore;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A stored object as Parquet sees it. */
record StoredParquet(ObjectStore objects, Digest digest, long length) implements InputFile {
  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return HadoopStreams.wrap(objects.open(digest, ShardSchema.EXTENSION));
  }
}
