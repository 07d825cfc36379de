package dev.braid.jobs.dataset;

import dev.braid.model.record.DatasetRecord;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.StoredParquet;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads rows of one Parquet object of pictures; skips row groups outside the range. */
final class PictureFileReader {
  /** Receives the rows of a file. */
  @FunctionalInterface
  interface RowReader {
    void accept(long rowId, int label, byte[] encoded) throws IOException;
  }

  @FunctionalInterface
  private interface GroupReader {
    void accept(Group row) throws IOException;
  }

  private final ObjectStore objects;
  private final DatasetRecord.PictureFile file;
  private final long firstRow;

  PictureFileReader(ObjectStore objects, DatasetRecord.PictureFile file, long firstRow) {
    this.objects = objects;
    this.file = file;
    this.firstRow = firstRow;
  }

  /** Passes the rows of this file with ids from (inclusive) to (exclusive) to the reader. */
  void read(long from, long to, RowReader reader) throws IOException {
    read(
        PictureSchema.TYPE,
        from,
        to,
        row ->
            reader.accept(
                row.getLong(PictureSchema.ROW_ID, 0),
                label(row),
                row.getGroup(PictureSchema.IMAGE, 0).getBinary(PictureSchema.BYTES, 0).getBytes()));
  }

  /** Passes the labels of the same rows, in order; no picture is read. */
  void readLabels(long from, long to, IntConsumer reader) throws IOException {
    read(PictureSchema.LABELS, from, to, row -> reader.accept(label(row)));
  }

  private static int label(Group row) {
    return Math.toIntExact(row.getLong(PictureSchema.LABEL, 0));
  }

  private void read(MessageType columns, long from, long to, GroupReader reader)
      throws IOException {
    try (ParquetFileReader parquet =
        ParquetFileReader.open(new StoredParquet(objects, file.digest(), file.bytes()))) {
      parquet.setRequestedSchema(columns);
      long start = firstRow;
      for (BlockMetaData group : parquet.getRowGroups()) {
        long end = start + group.getRowCount();
        if (end <= from || start >= to) {
          parquet.skipNextRowGroup();
        } else {
          readGroup(columns, parquet.readNextRowGroup(), from, to, reader);
        }
        start = end;
      }
    }
  }

  private static void readGroup(
      MessageType columns, PageReadStore pages, long from, long to, GroupReader reader)
      throws IOException {
    RecordReader<Group> records =
        new ColumnIOFactory()
            .getColumnIO(columns)
            .getRecordReader(pages, new GroupRecordConverter(columns));
    for (long i = 0; i < pages.getRowCount(); i++) {
      Group row = records.read();
      long rowId = row.getLong(PictureSchema.ROW_ID, 0);
      if (rowId >= from && rowId < to) {
        reader.accept(row);
      }
    }
  }
}
