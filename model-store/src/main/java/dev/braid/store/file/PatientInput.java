package dev.braid.store.file;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.IOUtils;

/** A local file in one pass; a read that the disk refuses for a moment is repeated. */
final class PatientInput extends InputStream {
  /*
   * The file is reopened for that: a handle that a network disk has lost stays lost.
   */
  private final Opener opener;
  private FSDataInputStream in;
  private long position;

  /** Opens the file. */
  interface Opener {
    FSDataInputStream open() throws IOException;
  }

  PatientInput(Opener opener) throws IOException {
    this.opener = opener;
    this.in = Retry.of(again -> opener.open());
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
                reopen();
              }
              return in.read(bytes, offset, length);
            });
    position += Math.max(0, count);
    return count;
  }

  private void reopen() throws IOException {
    FSDataInputStream lost = in;
    in = opener.open();
    IOUtils.closeStream(lost); // its failure does not matter
    in.seek(position);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
