package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The row ids of each picture of a data set. Copies of a picture have adjacent rows, for they have
 * one split and one label.
 */
final class RowPlaces implements Serializable {
  private static final long serialVersionUID = 1;

  private record Copies(long first, int count) implements Serializable {
    Copies oneMore() {
      return new Copies(first, count + 1);
    }
  }

  private final Map<Digest, Copies> places;

  private RowPlaces(Map<Digest, Copies> places) {
    this.places = new HashMap<>(places);
  }

  /** The places of pictures whose row ids are their indices. */
  static RowPlaces of(List<PictureRow> rows) {
    Map<Digest, Copies> places = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      Copies first = new Copies(row, 1);
      places.merge(rows.get(row).digest(), first, (copies, unused) -> copies.oneMore());
    }
    return new RowPlaces(places);
  }

  /**
   * The first row of the picture in each file that has it; empty if the data set lacks it.
   *
   * @param rowsPerFile the number of rows of a file
   */
  LongStream firstInEachFile(Digest picture, int rowsPerFile) {
    Copies copies = places.get(picture);
    if (copies == null) {
      return LongStream.empty();
    }
    long end = copies.first() + copies.count();
    long secondFile = (copies.first() / rowsPerFile + 1) * rowsPerFile;
    return LongStream.concat(
        LongStream.of(copies.first()),
        LongStream.iterate(secondFile, row -> row < end, row -> row + rowsPerFile));
  }
}
