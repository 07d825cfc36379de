package dev.braid.store.file;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** A local file, read from front to back; what the disk refuses for a moment is read again. */
final class PatientInput extends InputStream {
  private final FSDataInputStream in;
  private long position;

  PatientInput(FSDataInputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] next = new byte[1];
    return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count =
        Retry.of(
            again -> {
              if (again) {
                in.seek(position);
              }
              return in.read(bytes, offset, length);
            });
    position += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
