package dev.braid.store;

import dev.braid.store.object.ObjectWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** An object being written, as Parquet sees it. */
record ParquetObject(ObjectWriter object) implements OutputFile {
  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Stream(object);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Leaves the object open when Parquet closes it: whoever made the object finishes it. */
  private static final class Stream extends PositionOutputStream {
    private final ObjectWriter object;

    Stream(ObjectWriter object) {
      this.object = object;
    }

    @Override
    public long getPos() {
      return object.length();
    }

    @Override
    public void write(int value) {
      object.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      object.write(bytes, offset, length);
    }
  }
}
