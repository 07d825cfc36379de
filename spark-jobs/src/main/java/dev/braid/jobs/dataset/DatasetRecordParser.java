package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.DatasetRecord.PictureFile;
import dev.braid.model.Digest;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.StoredParquet;

/** The JSON of a data set, an object of the store. */
public final class DatasetRecordParser {
  private static final String EXTENSION = "json";
  private static final String CONTENT = "content";
  private static final String CLASS_NAMES = "class-names";
  private static final String ROWS = "rows";
  private static final String ROWS_PER_FILE = "rows-per-file";
  private static final String FILES = "files";
  private static final String DIGEST = "digest";
  private static final String BYTES = "bytes";

  private DatasetRecordParser() {}

  /** Stores the record; from now on the data set exists. */
  static Digest store(DatasetRecord dataset, ObjectStore objects) {
    return objects.put(toJson(dataset), EXTENSION);
  }

  /** The stored data set whose JSON has this digest. */
  public static DatasetRecord load(Digest record, ObjectStore objects) {
    return fromJson(objects.read(record, EXTENSION), objects.location(record, EXTENSION));
  }

  /** True if all files of pictures are in the store. */
  public static boolean isWhole(DatasetRecord dataset, ObjectStore objects) {
    return dataset.files().stream()
        .allMatch(file -> objects.contains(file.digest(), StoredParquet.EXTENSION));
  }

  static byte[] toJson(DatasetRecord dataset) {
    JsonObject rows = new JsonObject();
    for (Split split : Split.values()) {
      rows.with(split.label(), dataset.rows().of(split));
    }
    return new JsonObject()
        .with(CONTENT, dataset.content())
        .with(CLASS_NAMES, dataset.classNames())
        .with(ROWS, rows)
        .with(ROWS_PER_FILE, dataset.rowsPerFile())
        .with(
            FILES,
            dataset.files(),
            file -> new JsonObject().with(DIGEST, file.digest()).with(BYTES, file.bytes()))
        .bytes();
  }

  static DatasetRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, DatasetRecordParser::dataset);
  }

  private static DatasetRecord dataset(JsonFields fields) {
    return new DatasetRecord(
        fields.digest(CONTENT),
        fields.strings(CLASS_NAMES),
        fields.object(ROWS, DatasetRecordParser::rows),
        fields.smallInteger(ROWS_PER_FILE),
        fields.objects(FILES, DatasetRecordParser::file));
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
