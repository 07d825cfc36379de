package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.ContentRules.Inspected;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.PictureListing;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.image.ExifOrientation;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Stores the pictures of a source as a data set.
 *
 * <p>Spark tasks read each picture twice: first to hash and decode it, then, once all row ids are
 * known, to write it. If the source is refused, nothing is stored.
 */
public final class IngestJob {
  /**
   * An ingested data set.
   *
   * @param record digest of the data set's record in the store
   * @param leftOut names of undecodable pictures, each with the reason
   * @param turned the number of pictures whose EXIF data ask to turn them
   */
  public record Result(Digest record, DatasetRecord dataset, List<String> leftOut, long turned) {
    public Result {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** Small enough that a few hundred pictures occupy several cores. */
  private static final int PICTURES_PER_TASK = 64;

  private static final int ROWS_PER_FILE = 512;

  private static final ConcurrentHashMap<SortedMap<String, String>, Configuration> CONFIGURATIONS =
      new ConcurrentHashMap<>();

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
   * @throws IOException if the source cannot be listed now, likewise
   * @throws UncheckedIOException if a picture changes while the source is read
   */
  public Result run(IngestRequest request) throws IOException {
    PictureSource source = request.source();
    PictureListing listing = source.list(configuration(store.options()));
    List<Inspected> inspected = inspect(source, listing.pictures());
    DatasetContent content = new ContentRules(request, listing.classNames()).content(inspected);
    List<DatasetRecord.PictureFile> files = write(source, content.rows());
    DatasetRecord dataset =
        new DatasetRecord(
            content.digest(),
            content.classNames(),
            content.counts(),
            ROWS_PER_FILE,
            files,
            content.orientation());
    Digest record = new Records(objects(store)).put(dataset);
    long turned = inspected.stream().filter(p -> p.decodable() && p.isTurned()).count();
    return new Result(record, dataset, leftOut(inspected), turned);
  }

  private List<Inspected> inspect(PictureSource source, List<ListedPicture> pictures) {
    int tasks = Math.max(1, pictures.size() / PICTURES_PER_TASK);
    return new Stage(spark, "inspect " + source.name())
        .map(pictures, tasks, new Inspect(new SourceReader(source, store.options())));
  }

  private List<DatasetRecord.PictureFile> write(PictureSource source, List<PictureRow> rows) {
    List<FileRows> files = new ArrayList<>();
    for (int start = 0; start < rows.size(); start += ROWS_PER_FILE) {
      int end = Math.min(rows.size(), start + ROWS_PER_FILE);
      files.add(new FileRows(start, List.copyOf(rows.subList(start, end))));
    }
    return new Stage(spark, "write " + source.name())
        .map(files, new WriteFile(new SourceReader(source, store.options()), store));
  }

  private static List<String> leftOut(List<Inspected> inspected) {
    return inspected.stream()
        .filter(picture -> !picture.decodable())
        .map(picture -> picture.listed().name() + ": " + picture.failure())
        .toList();
  }

  /** The rows of one file. */
  private record FileRows(long firstRow, List<PictureRow> rows) implements Serializable {}

  /** Reads pictures of a source on executors. */
  private record SourceReader(PictureSource source, SortedMap<String, String> options)
      implements Serializable {
    byte[] read(String picture) {
      return source.read(picture, configuration(options));
    }
  }

  /**
   * One configuration per JVM: creating one parses Hadoop's defaults, which costs more than reading
   * a picture.
   */
  private static Configuration configuration(SortedMap<String, String> options) {
    return CONFIGURATIONS.computeIfAbsent(
        options,
        set -> {
          Configuration configuration = new Configuration();
          set.forEach(configuration::set);
          return configuration;
        });
  }

  private static ObjectStore objects(StoreLocation store) {
    return new HadoopObjects(Folder.of(store.root(), store.options()));
  }

  private record Inspect(SourceReader reader) implements Function<ListedPicture, Inspected> {
    @Override
    public Inspected call(ListedPicture picture) {
      byte[] encoded = reader.read(picture.name());
      return new Inspected(
          picture, Digest.of(encoded), failure(encoded), ExifOrientation.isTurned(encoded));
    }

    private static String failure(byte[] encoded) {
      try {
        var unused = RgbImage.decode(encoded);
        return "";
      } catch (UndecodableImageException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  private record WriteFile(SourceReader reader, StoreLocation store)
      implements Function<FileRows, DatasetRecord.PictureFile> {
    @Override
    public DatasetRecord.PictureFile call(FileRows file) throws IOException {
      try (PictureFileWriter writer = new PictureFileWriter(objects(store))) {
        long rowId = file.firstRow();
        for (PictureRow row : file.rows()) {
          writer.write(rowId++, row, unchanged(row));
        }
        return writer.finish();
      }
    }

    private byte[] unchanged(PictureRow row) throws IOException {
      byte[] encoded = reader.read(row.name());
      if (!Digest.of(encoded).equals(row.digest())) {
        throw new IOException(
            "Cannot ingest %s: it changed while the source was read; ingest it again"
                .formatted(row.name()));
      }
      return encoded;
    }
  }
}
