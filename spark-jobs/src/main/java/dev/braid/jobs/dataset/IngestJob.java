package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.ContentRules.Inspected;
import dev.braid.jobs.source.FolderListing;
import dev.braid.jobs.source.ImageFolder;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceFile;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Takes a folder of pictures into the store as a data set.
 *
 * <p>Pictures are read twice, each time by Spark tasks: once to hash and decode them, and once,
 * when every row has its place, to write the files. Nothing is stored of a refused folder.
 */
public final class IngestJob {
  /**
   * What an ingest made.
   *
   * @param record digest of the data set's JSON in the store
   * @param leftOut paths of undecodable pictures, each with its reason
   */
  public record Result(Digest record, DatasetRecord dataset, List<String> leftOut) {
    public Result {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** Small enough that both cores have work on a few hundred pictures. */
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
   * Ingests the folder; the same content is stored once.
   *
   * @throws RefusedDatasetException if it cannot become a data set
   * @throws StoreAccessException if a picture cannot be read, which may be otherwise next time
   * @throws IOException if the folder cannot be listed, likewise
   */
  public Result run(ImageFolder source) throws IOException {
    FolderListing.Listing listing =
        new FolderListing(source, configuration(store.options())).list();
    List<Inspected> inspected = inspect(source, listing.files());
    DatasetContent content = new ContentRules(source, listing.classNames()).content(inspected);
    List<DatasetRecord.PictureFile> files = write(source, content.rows());
    DatasetRecord dataset =
        new DatasetRecord(
            content.digest(), content.classNames(), content.counts(), ROWS_PER_FILE, files);
    Digest record = new Records(objects(store)).put(dataset);
    return new Result(record, dataset, leftOut(inspected));
  }

  private List<Inspected> inspect(ImageFolder source, List<FolderListing.Listed> files) {
    int tasks = Math.max(1, files.size() / PICTURES_PER_TASK);
    return new Stage(spark, "inspect " + source.root())
        .map(files, tasks, new Inspect(new SourceFiles(source, store.options())));
  }

  private List<DatasetRecord.PictureFile> write(ImageFolder source, List<PictureRow> rows) {
    List<FileRows> files = new ArrayList<>();
    for (int start = 0; start < rows.size(); start += ROWS_PER_FILE) {
      int end = Math.min(rows.size(), start + ROWS_PER_FILE);
      files.add(new FileRows(start, List.copyOf(rows.subList(start, end))));
    }
    return new Stage(spark, "write " + source.root())
        .map(files, new WriteFile(new SourceFiles(source, store.options()), store));
  }

  private static List<String> leftOut(List<Inspected> inspected) {
    return inspected.stream()
        .filter(picture -> !picture.decodable())
        .map(picture -> picture.file().path() + ": " + picture.failure())
        .toList();
  }

  /** The rows of one file, from the first row id on. */
  private record FileRows(long firstRow, List<PictureRow> rows) implements Serializable {}

  /** The folder as tasks read it. */
  private record SourceFiles(ImageFolder source, SortedMap<String, String> options)
      implements Serializable {
    byte[] read(String path) {
      Path file = FolderListing.path(new Path(source.root()), path);
      source.allowed().checkInside(source.root(), file, configuration(options));
      return SourceFile.read("picture", file, configuration(options));
    }
  }

  /**
   * One a JVM: making a configuration parses Hadoop's defaults, which costs more than a picture.
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

  private record Inspect(SourceFiles files) implements Function<FolderListing.Listed, Inspected> {
    @Override
    public Inspected call(FolderListing.Listed file) {
      byte[] encoded = files.read(file.path());
      return new Inspected(file, Digest.of(encoded), failure(encoded));
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

  private record WriteFile(SourceFiles files, StoreLocation store)
      implements Function<FileRows, DatasetRecord.PictureFile> {
    @Override
    public DatasetRecord.PictureFile call(FileRows part) throws IOException {
      try (PictureFileWriter writer = new PictureFileWriter(objects(store))) {
        long rowId = part.firstRow();
        for (PictureRow row : part.rows()) {
          writer.write(rowId++, row, unchanged(row));
        }
        return writer.finish();
      }
    }

    private byte[] unchanged(PictureRow row) throws IOException {
      byte[] encoded = files.read(row.source());
      if (!Digest.of(encoded).equals(row.digest())) {
        throw new IOException(
            "Cannot ingest %s: it changed while the folder was read; ingest it again"
                .formatted(row.source()));
      }
      return encoded;
    }
  }
}
