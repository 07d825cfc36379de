package dev.braid.store.file;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file being written; {@link #close} returns when its bytes are on the disk. */
public final class NewFile extends OutputStream {
  private final Path path;
  private final FSDataOutputStream out;
  private boolean isClosed;

  NewFile(Path path, FSDataOutputStream out) {
    this.path = path;
    this.out = out;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new StoreAccessException("write", path, e);
    } catch (FSError e) { // how Hadoop reports a full disk
      throw new StoreAccessException("write", path, e);
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try (out) {
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (IOException e) {
      throw new StoreAccessException("write", path, e);
    } catch (FSError e) {
      throw new StoreAccessException("write", path, e);
    }
  }
}
