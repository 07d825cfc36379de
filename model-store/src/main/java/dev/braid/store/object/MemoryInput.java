package dev.braid.store.object;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSInputStream;

/** A file's bytes in memory, already verified. */
final class MemoryInput extends FSInputStream {
  private static final int END = -1;

  private final byte[] bytes;
  private int position;

  MemoryInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return position == bytes.length ? END : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (position == bytes.length) {
      return END;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, buffer, offset, count);
    position += count;
    return count;
  }

  /** The next bytes, without a copy. */
  ByteBuffer next(int length) throws EOFException {
    if (length > available()) {
      throw new EOFException("Cannot read %s of %s bytes".formatted(length, available()));
    }
    ByteBuffer next = ByteBuffer.wrap(bytes, position, length).slice();
    position += length;
    return next;
  }

  @Override
  public void seek(long to) throws IOException {
    if (to < 0 || to > bytes.length) {
      throw new EOFException("Cannot seek to %s of %s bytes".formatted(to, bytes.length));
    }
    position = (int) to;
  }

  @Override
  public boolean seekToNewSource(long to) {
    return false;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public int available() {
    return bytes.length - position;
  }
}
