package dev.braid.store.object;

import dev.braid.model.Digest;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A stored object as Parquet's input file. */
public record StoredParquet(ObjectStore objects, Digest digest, long length) implements InputFile {
  /** The extension of such an object. */
  public static final String EXTENSION = "parquet";

  /** The object's path, for people. */
  public String location() {
    return objects.location(digest, EXTENSION);
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return HadoopStreams.wrap(objects.open(digest, EXTENSION));
  }
}
