package dev.braid.jobs.dataset;

import dev.braid.jobs.source.ChangedSourceException;
import dev.braid.model.Digest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The pictures that arrive for a file, in the order of their row ids; copies may arrive under one
 * id.
 */
final class ArrivedPictures {
  private final String source;
  private final Iterator<Tuple2<Long, byte[]>> arriving;
  private Tuple2<Long, byte[]> last = new Tuple2<>(-1L, new byte[0]);
  private @Nullable Digest lastDigest;

  /**
   * What arrives.
   *
   * @param source its name in messages
   */
  ArrivedPictures(String source, Iterator<Tuple2<Long, byte[]>> arriving) {
    this.source = source;
    this.arriving = arriving;
  }

  /**
   * The picture of the next row.
   *
   * @throws ChangedSourceException if the source no longer has it
   */
  byte[] picture(long rowId, PictureRow row) {
    if (row.digest().equals(lastDigest)) { // a copy of the row before
      return last._2();
    }
    while (last._1() < rowId && arriving.hasNext()) {
      last = arriving.next();
    }
    if (last._1() != rowId) {
      throw new ChangedSourceException(source, row.name());
    }
    lastDigest = row.digest();
    return last._2();
  }
}
