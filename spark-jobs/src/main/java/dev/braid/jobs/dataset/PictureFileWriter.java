package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.ObjectWriter;
import java.io.IOException;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;

/**
 * Writes one Parquet object of pictures.
 *
 * <p>Its bytes are a function of the rows: a picture's path is its digest and kind, not the name of
 * the file it came from, so equal content makes equal files.
 */
final class PictureFileWriter implements AutoCloseable {
  static final String EXTENSION = "parquet";

  /** A reader holds one row group; pictures are tens of kilobytes. */
  private static final int ROWS_PER_GROUP = 64;

  private final ObjectWriter object;
  private final ParquetWriter<Group> rows;
  private boolean isOpen = true;

  PictureFileWriter(ObjectStore objects) throws IOException {
    this.object = objects.writer(EXTENSION);
    this.rows =
        ExampleParquetWriter.builder(new ObjectFile(object))
            .withType(PictureSchema.TYPE)
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

  /** Completes the file and puts it in its place. */
  DatasetRecord.PictureFile finish() throws IOException {
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

  /** An object as a file that Parquet can write; closing its stream does not finish the object. */
  private record ObjectFile(ObjectWriter object) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new ObjectStream(object);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class ObjectStream extends PositionOutputStream {
    private final ObjectWriter object;

    ObjectStream(ObjectWriter object) {
      this.object = object;
    }

    @Override
    public long getPos() {
      return object.length();
    }

    @Override
    public void write(int value) {
      object.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      object.write(bytes, offset, length);
    }
  }
}
