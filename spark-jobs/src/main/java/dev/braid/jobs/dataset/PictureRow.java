package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A picture's place in a data set.
 *
 * @param digest of the picture's encoded bytes
 * @param source its path in the folder it came from; not stored
 */
record PictureRow(Split split, int label, Digest digest, String source) implements Serializable {
  /** Row ids are ranks in this order; the source only puts copies of a picture in some order. */
  static final Comparator<PictureRow> ORDER =
      Comparator.comparing(PictureRow::split)
          .thenComparingInt(PictureRow::label)
          .thenComparing(PictureRow::digest)
          .thenComparing(PictureRow::source);

  /** The same picture in a split. */
  PictureRow in(Split other) {
    return new PictureRow(other, label, digest, source);
  }

  /** The picture's line in the data set's digest. */
  String line() {
    return split.label() + " " + label + " " + digest + "\n";
  }
}
