package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import java.io.Serializable;
import java.util.List;

/**
 * A stored data set: its class names, the rows of its splits and the files that hold them.
 *
 * <p>Row ids count from 0 through train, validation and test; file i begins with row i ·
 * rowsPerFile.
 *
 * @param content digest over the class names, the orientation and every picture's split, label and
 *     SHA-256: two data sets are the same if these agree, whatever their files
 * @param orientation how its pictures are turned; as stored if none of them asks for anything else
 */
public record DatasetRecord(
    Digest content,
    List<String> classNames,
    Rows rows,
    int rowsPerFile,
    List<PictureFile> files,
    Orientation orientation)
    implements Serializable {

  /** A data set of pictures as they are stored. */
  public DatasetRecord(
      Digest content,
      List<String> classNames,
      Rows rows,
      int rowsPerFile,
      List<PictureFile> files) {
    this(content, classNames, rows, rowsPerFile, files, Orientation.AS_STORED);
  }

  /** The number of rows in each split. */
  public record Rows(long train, long validation, long test) implements Serializable {
    public Rows {
      Check.argument(
          train > 0 && validation >= 0 && test > 0,
          "Invalid splits: %s train, %s validation and %s test rows (train and test have some)",
          train,
          validation,
          test);
    }

    /** The number of rows in a split. */
    public long of(Split split) {
      return switch (split) {
        case TRAIN -> train;
        case VALIDATION -> validation;
        case TEST -> test;
      };
    }

    /** The first row id of a split. */
    public long start(Split split) {
      return switch (split) {
        case TRAIN -> 0;
        case VALIDATION -> train;
        case TEST -> train + validation;
      };
    }

    /** The number of all rows. */
    public long total() {
      return train + validation + test;
    }
  }

  /** One Parquet object of pictures. */
  public record PictureFile(Digest digest, long bytes) implements Serializable {}

  public DatasetRecord {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
    Check.argument(classNames.size() >= 2, "Invalid classes: %s (at least two)", classNames);
    Check.argument(rowsPerFile > 0, "Invalid rows per file: %s (positive)", rowsPerFile);
    Check.argument(
        files.size() == (rows.total() + rowsPerFile - 1) / rowsPerFile,
        "Invalid data set: %s files (%s rows by %s)",
        files.size(),
        rows.total(),
        rowsPerFile);
  }
}
