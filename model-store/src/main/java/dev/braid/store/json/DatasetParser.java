package dev.braid.store.json;

import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.DatasetRecord.PictureFile;

/** Reads and writes the JSON of a data set's record. */
public final class DatasetParser {
  private static final String CONTENT = "content";
  private static final String CLASS_NAMES = "class-names";
  private static final String ROWS = "rows";
  private static final String ROWS_PER_FILE = "rows-per-file";
  private static final String FILES = "files";
  private static final String DIGEST = "digest";
  private static final String EXIF = "exif";
  private static final String BYTES = "bytes";

  private DatasetParser() {}

  /** The canonical JSON of a data set's record. */
  public static byte[] toJson(DatasetRecord dataset) {
    JsonObject rows = new JsonObject();
    for (Split split : Split.values()) {
      rows.with(split.label(), dataset.rows().of(split));
    }
    JsonObject json =
        new JsonObject()
            .with(CONTENT, dataset.content())
            .with(CLASS_NAMES, dataset.classNames())
            .with(ROWS, rows)
            .with(ROWS_PER_FILE, dataset.rowsPerFile())
            .with(
                FILES,
                dataset.files(),
                file -> new JsonObject().with(DIGEST, file.digest()).with(BYTES, file.bytes()));
    if (dataset.orientation() != Orientation.AS_STORED) {
      json.with(EXIF, dataset.orientation().label());
    }
    return json.bytes();
  }

  /**
   * The record in this JSON.
   *
   * @param file the file that is read, for messages
   */
  public static DatasetRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, DatasetParser::dataset);
  }

  private static DatasetRecord dataset(JsonFields fields) {
    return new DatasetRecord(
        fields.digest(CONTENT),
        fields.strings(CLASS_NAMES),
        fields.object(ROWS, DatasetParser::rows),
        fields.smallInteger(ROWS_PER_FILE),
        fields.objects(FILES, DatasetParser::file),
        fields.has(EXIF) ? Orientation.of(fields.string(EXIF)) : Orientation.AS_STORED);
  }

  private static DatasetRecord.Rows rows(JsonFields fields) {
    return new DatasetRecord.Rows(
        fields.integer(Split.TRAIN.label()),
        fields.integer(Split.VALIDATION.label()),
        fields.integer(Split.TEST.label()));
  }

  private static PictureFile file(JsonFields fields) {
    return new PictureFile(fields.digest(DIGEST), fields.integer(BYTES));
  }
}
