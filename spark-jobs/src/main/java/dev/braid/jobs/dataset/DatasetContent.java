package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The content of a data set before it is written: class names, and pictures by row id.
 *
 * @param orientation as stored if no picture is to be turned, whatever the request says: then both
 *     rules give the same pixels, and the data sets are the same
 */
record DatasetContent(List<String> classNames, List<PictureRow> rows, Orientation orientation) {
  DatasetContent {
    rows = rows.stream().sorted(PictureRow.ORDER).toList();
  }

  /** The digest of the class names, the orientation and the sorted lines (DESIGN 3). */
  Digest digest() {
    MessageDigest hasher = Digest.sha256();
    String turned = orientation == Orientation.UPRIGHT ? " exif" : "";
    update(hasher, "data-set " + classNames.size() + turned + "\n");
    classNames.forEach(name -> update(hasher, name + "\n"));
    rows.forEach(row -> update(hasher, row.line()));
    return Digest.finish(hasher);
  }

  DatasetRecord.Rows counts() {
    return new DatasetRecord.Rows(count(Split.TRAIN), count(Split.VALIDATION), count(Split.TEST));
  }

  private long count(Split split) {
    return rows.stream().filter(row -> row.split() == split).count();
  }

  private static void update(MessageDigest hasher, String text) {
    hasher.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
