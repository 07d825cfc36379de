package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A picture's place in a data set.
 *
 * @param digest of the picture's encoded bytes
 * @param name the picture's name in its source; not stored
 */
record PictureRow(Split split, int label, Digest digest, String name) implements Serializable {
  /** Row ids are ranks in this order; the name only orders copies of one picture. */
  static final Comparator<PictureRow> ORDER =
      Comparator.comparing(PictureRow::split)
          .thenComparingInt(PictureRow::label)
          .thenComparing(PictureRow::digest)
          .thenComparing(PictureRow::name);

  /** The row in another split. */
  PictureRow in(Split other) {
    return new PictureRow(other, label, digest, name);
  }

  /** The row with another label. */
  PictureRow labelled(int other) {
    return new PictureRow(split, other, digest, name);
  }

  /** The picture's line in the data set's digest. */
  String line() {
    return split.label() + " " + label + " " + digest + "\n";
  }
}
