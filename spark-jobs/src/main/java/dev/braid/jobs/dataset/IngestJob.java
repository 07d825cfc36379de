package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.ContentRules.Fault;
import dev.braid.jobs.dataset.ContentRules.Inspected;
import dev.braid.jobs.source.ChangedSourceException;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.vlm.image.ExifOrientation;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Stores the pictures of a source as a data set.
 *
 * <p>Spark tasks read each picture twice: first to hash and decode it, then, once all row ids are
 * known, to write it. If the source is refused, nothing is stored. An executor holds a few pictures
 * at once; the driver holds the digest, label and name of each.
 */
public final class IngestJob {
  /**
   * An ingested data set.
   *
   * @param record digest of the data set's record in the store
   */
  public record Result(Digest record, DatasetRecord dataset, IngestSummary summary) {}

  /** A source that was read once. */
  private record Inspection(
      JavaRDD<SourceRow> pictures, DatasetContent content, IngestSummary summary) {}

  private final JavaSparkContext spark;
  private final StoreLocation store;

  public IngestJob(JavaSparkContext spark, StoreLocation store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Ingests a source; the same content is stored once.
   *
   * @throws RefusedDatasetException if it cannot become a data set
   * @throws StoreAccessException if a picture cannot be read now; a later call may succeed
   * @throws IOException if the source cannot be opened now, likewise
   * @throws ChangedSourceException if a picture changes while the source is read
   */
  public Result run(IngestRequest request) throws IOException {
    return run(request, anyNames -> {});
  }

  /**
   * The same with a check of the class names before a picture is read.
   *
   * @param namesCheck throws {@link RefusedDatasetException}
   */
  public Result run(IngestRequest request, Consumer<List<String>> namesCheck) throws IOException {
    Inspection inspected = inspect(request, namesCheck);
    DatasetContent content = inspected.content();
    List<DatasetRecord.PictureFile> files =
        new DatasetWrite(spark, store, request.source().name()).run(inspected.pictures(), content);
    DatasetRecord dataset =
        new DatasetRecord(
            content.digest(),
            content.classNames(),
            content.counts(),
            DatasetWrite.ROWS_PER_FILE,
            files,
            content.orientation());
    return new Result(records().put(dataset), dataset, inspected.summary());
  }

  /**
   * Reads a source as {@link #run} does, and stores nothing.
   *
   * @param namesCheck of the class names before a picture is read; throws {@link
   *     RefusedDatasetException}
   * @throws RefusedDatasetException if it cannot become a data set
   * @throws StoreAccessException if a picture cannot be read now; a later call may succeed
   * @throws IOException if the source cannot be opened now, likewise
   */
  public IngestSummary look(IngestRequest request, Consumer<List<String>> namesCheck)
      throws IOException {
    return inspect(request, namesCheck).summary();
  }

  private Inspection inspect(IngestRequest request, Consumer<List<String>> namesCheck)
      throws IOException {
    SourceRows source = request.source().open(spark, store.options());
    ContentRules rules = new ContentRules(request, source.classNames());
    rules.checkClasses();
    namesCheck.accept(source.classNames());
    List<Inspected> inspected =
        new Stage(
                spark,
                "inspect pictures of " + JobSubject.of(spark).orElse(request.source().name()))
            .collect(context -> source.rows().map(new Inspect()).collect());
    new SecondTry(source.again()).check(inspected);
    DatasetContent given = rules.content(inspected);
    if (request.extended().isEmpty()) {
      return new Inspection(
          source.rows(), given, IngestSummary.of(given, inspected, source.remarks()));
    }
    DatasetRecord old = records().dataset(request.extended().orElseThrow());
    StoredPictures stored = new StoredPictures(spark, store, old);
    Extension extension = new Extension(request.source().name(), stored.content());
    DatasetContent both = extension.with(given);
    namesCheck.accept(both.classNames());
    List<String> remarks = new ArrayList<>(source.remarks());
    extension.remark(given, both).ifPresent(remarks::add);
    return new Inspection(
        stored.rows().union(source.rows()), both, IngestSummary.of(both, inspected, remarks));
  }

  private Records records() {
    return new Records(new HadoopObjects(Folder.of(store.root(), store.options())));
  }

  private record Inspect() implements Function<SourceRow, Inspected> {
    @Override
    public Inspected call(SourceRow row) {
      Digest digest = Digest.of(row.picture());
      boolean isTurned = ExifOrientation.isTurned(row.picture());
      if (row.fault() != SourceRow.Fault.NONE) {
        return new Inspected(row.listed(), digest, Fault.of(row.fault()), row.failure(), isTurned);
      }
      try {
        var unused = RgbImage.decode(row.picture());
        return new Inspected(row.listed(), digest, Fault.NONE, "", isTurned);
      } catch (UndecodableImageException e) {
        String failure = String.valueOf(e.getMessage());
        return new Inspected(row.listed(), digest, Fault.UNDECODABLE, failure, isTurned);
      }
    }
  }
}
