package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The pictures that arrive for a file, in the order of their row ids; copies may arrive under one
 * id.
 */
final class ArrivedPictures {
  private final Iterator<Tuple2<Long, byte[]>> arriving;
  private Tuple2<Long, byte[]> last = new Tuple2<>(-1L, new byte[0]);
  private @Nullable Digest lastDigest;

  ArrivedPictures(Iterator<Tuple2<Long, byte[]>> arriving) {
    this.arriving = arriving;
  }

  /**
   * The picture of the next row.
   *
   * @throws IOException if the source no longer has it
   */
  byte[] picture(long rowId, PictureRow row) throws IOException {
    if (row.digest().equals(lastDigest)) { // a copy of the row before
      return last._2();
    }
    while (last._1() < rowId && arriving.hasNext()) {
      last = arriving.next();
    }
    if (last._1() != rowId) {
      throw new IOException(
          "Cannot ingest %s: it changed while the source was read; ingest it again"
              .formatted(row.name()));
    }
    lastDigest = row.digest();
    return last._2();
  }
}
