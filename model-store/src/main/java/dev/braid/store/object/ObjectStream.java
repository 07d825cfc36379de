package dev.braid.store.object;

import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object that is read in one pass.
 *
 * <p>Its bytes are compared with its name at its end, unless that was done before. Do not rely on
 * what was read until the end is reached without a {@link CorruptObjectException}.
 */
public final class ObjectStream extends InputStream {
  private static final int END = -1;

  private final String location;
  private final InputStream in;
  private final Runnable atEnd;
  private long position;
  private boolean isAtEnd;

  /**
   * The object in this stream.
   *
   * @param atEnd throws if the bytes of the stream were not those of the object
   */
  ObjectStream(String location, InputStream in, Runnable atEnd) {
    this.location = location;
    this.in = in;
    this.atEnd = atEnd;
  }

  /** The object's path, for people. */
  public String location() {
    return location;
  }

  /** The number of bytes read so far. */
  public long position() {
    return position;
  }

  @Override
  public int read() {
    byte[] next = new byte[1];
    return read(next, 0, 1) == END ? END : next[0] & 0xFF;
  }

  /** Reads some of the next bytes, few enough to stay in a core's cache until they are used. */
  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      int count = in.read(bytes, offset, Math.min(length, Folder.BUFFER));
      if (count == END) {
        end();
      } else {
        position += count;
      }
      return count;
    } catch (IOException e) {
      throw new StoreAccessException("read", location, e);
    }
  }

  private void end() {
    if (!isAtEnd) {
      atEnd.run();
      isAtEnd = true;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new StoreAccessException("close", location, e);
    }
  }
}
