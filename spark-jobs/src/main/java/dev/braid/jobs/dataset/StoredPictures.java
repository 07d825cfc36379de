package dev.braid.jobs.dataset;

import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.vlm.image.ExifOrientation;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** The pictures of a stored data set, as rows of a source. */
final class StoredPictures {
  /** A row group of a file, which has whole ones. */
  private static final int ROWS_AT_ONCE = 64;

  private final JavaSparkContext spark;
  private final StoreLocation store;
  private final DatasetRecord dataset;

  StoredPictures(JavaSparkContext spark, StoreLocation store, DatasetRecord dataset) {
    this.spark = spark;
    this.store = store;
    this.dataset = dataset;
  }

  /** The rows, each with its picture; an executor holds a few at once. */
  JavaRDD<SourceRow> rows() {
    List<Long> starts =
        LongStream.iterate(0, row -> row < dataset.rows().total(), row -> row + ROWS_AT_ONCE)
            .boxed()
            .toList();
    return spark
        .parallelize(new ArrayList<>(starts), dataset.files().size())
        .flatMap(new ReadRows(store, dataset));
  }

  /**
   * What a data set has.
   *
   * @param orientation how its pictures are turned; empty if none asks to be turned
   */
  record Content(
      List<String> classNames, List<PictureRow> rows, Optional<Orientation> orientation) {}

  /** The content of the data set. */
  Content content() {
    List<Tuple2<PictureRow, Boolean>> rows =
        new Stage(
                spark,
                "list learned pictures of "
                    + JobSubject.of(spark).orElse(dataset.content().abbreviated()))
            .collect(context -> rows().map(StoredPictures::place).collect());
    boolean isAnyTurned = rows.stream().anyMatch(Tuple2::_2);
    return new Content(
        dataset.classNames(),
        rows.stream().map(Tuple2::_1).toList(),
        isAnyTurned ? Optional.of(dataset.orientation()) : Optional.empty());
  }

  private static Tuple2<PictureRow, Boolean> place(SourceRow row) {
    ListedPicture listed = row.listed();
    Split split = Split.valueOf(listed.split().name());
    Digest digest = Digest.of(row.picture());
    return new Tuple2<>(
        new PictureRow(split, listed.label(), digest, listed.name()),
        ExifOrientation.isTurned(row.picture()));
  }

  private record ReadRows(StoreLocation store, DatasetRecord dataset)
      implements FlatMapFunction<Long, SourceRow>, Serializable {
    @Override
    public Iterator<SourceRow> call(Long from) throws IOException {
      long to = Math.min(dataset.rows().total(), from + ROWS_AT_ONCE);
      int file = Math.toIntExact(from / dataset.rowsPerFile());
      List<SourceRow> rows = new ArrayList<>();
      HadoopObjects objects = new HadoopObjects(Folder.of(store.root(), store.options()));
      new PictureFileReader(objects, dataset.files().get(file), (long) file * dataset.rowsPerFile())
          .read(
              from,
              to,
              (rowId, label, encoded) -> rows.add(SourceRow.of(listed(rowId, label), encoded)));
      return rows.iterator();
    }

    private ListedPicture listed(long row, int label) {
      return new ListedPicture(SourceSplit.valueOf(split(row).name()), label, "stored row " + row);
    }

    private Split split(long row) {
      for (Split split : Split.values()) {
        long start = dataset.rows().start(split);
        if (start <= row && row < start + dataset.rows().of(split)) {
          return split;
        }
      }
      throw new IllegalStateException("row " + row + " has no split");
    }
  }
}
