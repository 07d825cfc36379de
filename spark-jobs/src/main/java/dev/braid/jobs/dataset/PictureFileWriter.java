package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.ParquetObject;
import dev.braid.store.object.StoredParquet;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;

/**
 * Writes one Parquet object of pictures.
 *
 * <p>Its bytes are a function of the rows and the class names: a picture's path is its digest and
 * kind, not its name in the source, so equal content gives equal files.
 */
final class PictureFileWriter implements AutoCloseable {
  /** A reader holds one row group; pictures are tens of kilobytes. */
  private static final int ROWS_PER_GROUP = 64;

  private final ParquetObject object;
  private final ParquetWriter<Group> rows;
  private boolean isOpen = true;

  PictureFileWriter(ObjectStore objects, List<String> classNames) throws IOException {
    this.object = new ParquetObject(objects.writer(StoredParquet.EXTENSION));
    this.rows =
        PictureWriteSupport.builder(object, HuggingFaceFeatures.footer(classNames))
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withStatisticsEnabled(PictureSchema.IMAGE + "." + PictureSchema.BYTES, false)
            .withRowGroupRowCountLimit(ROWS_PER_GROUP)
            .build();
  }

  void write(long rowId, PictureRow row, byte[] encoded) throws IOException {
    SimpleGroup group = new SimpleGroup(PictureSchema.TYPE);
    group
        .addGroup(PictureSchema.IMAGE)
        .append(PictureSchema.BYTES, Binary.fromConstantByteArray(encoded))
        .append(PictureSchema.PATH, row.digest() + "." + PictureKind.of(encoded).extension());
    group
        .append(PictureSchema.LABEL, (long) row.label())
        .append(PictureSchema.ROW_ID, rowId)
        .append(PictureSchema.SPLIT, row.split().label());
    rows.write(group);
  }

  /** Completes the file and moves it into place. */
  DatasetRecord.PictureFile finish() throws IOException {
    object.end();
    rows.close();
    isOpen = false;
    long bytes = object.length();
    Digest digest = object.finish();
    return new DatasetRecord.PictureFile(digest, bytes);
  }

  @Override
  public void close() throws IOException {
    try (object) {
      if (isOpen) {
        rows.close();
      }
    }
  }
}
