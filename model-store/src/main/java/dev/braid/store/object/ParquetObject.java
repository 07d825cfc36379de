package dev.braid.store.object;

import dev.braid.model.Digest;
import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet file written as an object; its bytes depend only on what is written. */
public final class ParquetObject implements OutputFile, AutoCloseable {
  /*
   * Parquet keeps the encodings of a column in a hash set of enum constants, whose order changes
   * from one run of the JVM to the next, and writes them to the footer in that order. So the end of
   * the file is held back, and its footer is sorted before it is hashed.
   */
  private final ObjectWriter object;
  private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
  private boolean isEnding;

  public ParquetObject(ObjectWriter object) {
    this.object = object;
  }

  /** Holds back what is written from now on; call it before Parquet's writer is closed. */
  public void end() {
    isEnding = true;
  }

  /** Puts the object in its place, once Parquet's writer is closed. */
  public Digest finish() {
    byte[] end = ParquetFooter.inOrder(heldBack.toByteArray());
    object.write(end, 0, end.length);
    return object.finish();
  }

  /** The number of bytes written so far. */
  public long length() {
    return object.length() + (isEnding ? heldBack.size() : 0);
  }

  @Override
  public void close() {
    object.close();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Stream();
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

  /** Leaves the object open when Parquet closes it: its creator finishes it. */
  private final class Stream extends PositionOutputStream {
    @Override
    public long getPos() {
      return length();
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      if (isEnding) {
        heldBack.write(bytes, offset, count);
      } else {
        object.write(bytes, offset, count);
      }
    }
  }
}
