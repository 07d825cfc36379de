package dev.braid.jobs.dataset;

import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Writes the files of a data set, whose rows lie anywhere in the source: Spark's shuffle brings
 * each picture to its file, in the order of the row ids.
 */
final class DatasetWrite {
  static final int ROWS_PER_FILE = 512;

  private final JavaSparkContext spark;
  private final StoreLocation store;
  private final String source;

  /**
   * Writes into a store.
   *
   * @param source its name in the Spark UI
   */
  DatasetWrite(JavaSparkContext spark, StoreLocation store, String source) {
    this.spark = spark;
    this.store = store;
    this.source = source;
  }

  /**
   * Writes the rows of a content, whose ids are their indices.
   *
   * @param pictures of the source; those of no row are left out
   */
  List<DatasetRecord.PictureFile> run(JavaRDD<SourceRow> pictures, DatasetContent content) {
    List<PictureRow> rows = content.rows();
    List<FileRows> files = files(rows);
    WriteFile write = new WriteFile(store, source, content.classNames());
    return new Stage(spark, "write pictures of " + JobSubject.of(spark).orElse(source))
        .collect(
            context -> {
              Broadcast<RowPlaces> places = context.broadcast(RowPlaces.of(rows));
              try {
                JavaPairRDD<Long, byte[]> sorted =
                    pictures
                        .flatMapToPair(new Place(places))
                        .repartitionAndSortWithinPartitions(new ByFile(files.size()));
                return context
                    .parallelize(files, files.size())
                    .zipPartitions(sorted, write)
                    .collect();
              } finally {
                places.destroy();
              }
            });
  }

  private static List<FileRows> files(List<PictureRow> rows) {
    List<FileRows> files = new ArrayList<>();
    for (int start = 0; start < rows.size(); start += ROWS_PER_FILE) {
      int end = Math.min(rows.size(), start + ROWS_PER_FILE);
      files.add(new FileRows(start, new ArrayList<>(rows.subList(start, end))));
    }
    return files;
  }

  /** The rows of one file. */
  private record FileRows(long firstRow, List<PictureRow> rows) implements Serializable {}

  /** Finds the rows of a picture. */
  private record Place(Broadcast<RowPlaces> places)
      implements PairFlatMapFunction<SourceRow, Long, byte[]> {
    @Override
    public Iterator<Tuple2<Long, byte[]>> call(SourceRow row) {
      LongStream found =
          row.failure().isEmpty()
              ? places.value().firstInEachFile(Digest.of(row.picture()), ROWS_PER_FILE)
              : LongStream.empty();
      return found.mapToObj(id -> new Tuple2<>(id, row.picture())).iterator();
    }
  }

  /** Sends each row to the partition of its file. */
  private static final class ByFile extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int files;

    ByFile(int files) {
      this.files = files;
    }

    @Override
    public int numPartitions() {
      return files;
    }

    @Override
    public int getPartition(Object row) {
      return Math.toIntExact((Long) row / ROWS_PER_FILE);
    }
  }

  private record WriteFile(StoreLocation store, String source, List<String> classNames)
      implements FlatMapFunction2<
          Iterator<FileRows>, Iterator<Tuple2<Long, byte[]>>, DatasetRecord.PictureFile> {
    @Override
    public Iterator<DatasetRecord.PictureFile> call(
        Iterator<FileRows> file, Iterator<Tuple2<Long, byte[]>> pictures) throws IOException {
      FileRows rows = file.next();
      Folder folder = Folder.of(store.root(), store.options());
      try (PictureFileWriter writer =
          new PictureFileWriter(new HadoopObjects(folder), classNames)) {
        ArrivedPictures arrived = new ArrivedPictures(source, pictures);
        long rowId = rows.firstRow();
        for (PictureRow row : rows.rows()) {
          writer.write(rowId, row, arrived.picture(rowId, row));
          rowId++;
        }
        return List.of(writer.finish()).iterator();
      }
    }
  }
}
