package dev.braid.jobs.predict;

import dev.braid.jobs.source.PictureFile;
import dev.braid.jobs.source.UnreadablePictureException;
import java.io.Serializable;
import java.util.SortedMap;
import org.apache.spark.sql.Row;

/** Where the bytes of a row's picture are. */
sealed interface PictureCell extends Serializable {
  /**
   * The bytes.
   *
   * @throws UnreadablePictureException if the row has none
   */
  byte[] of(Row row) throws UnreadablePictureException;

  /** In a column of the row. */
  record Bytes(int column) implements PictureCell {
    @Override
    public byte[] of(Row row) throws UnreadablePictureException {
      if (row.isNullAt(column)) {
        throw new UnreadablePictureException("the row has none");
      }
      return row.getAs(column);
    }
  }

  /**
   * In the file that the row names.
   *
   * @param folder relative paths are relative to it
   */
  record File(int column, String folder, SortedMap<String, String> options) implements PictureCell {
    @Override
    public byte[] of(Row row) throws UnreadablePictureException {
      String path = row.getString(column);
      boolean isWhole = path.startsWith("/") || path.matches("[a-z][a-z0-9+.-]*:/.*");
      return PictureFile.read(isWhole ? path : folder + "/" + path, options);
    }
  }
}
