package dev.braid.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every source of pictures must satisfy. */
public abstract class PictureSourceContract {
  private static final SortedMap<String, String> OPTIONS = new TreeMap<>();
  private static final long SEED = 3;
  protected static SparkSession session;

  @TempDir protected Path folder;

  /** Saves the pictures in an empty folder and returns the source of them. */
  protected abstract PictureSource save(List<LabelledPicture> pictures, Path empty)
      throws IOException;

  /** Prepares to overwrite a picture of a saved source. */
  protected abstract Change overwriting(PictureSource source, String picture, byte[] encoded)
      throws IOException;

  /** A change of a saved source, which an executor can make. */
  public interface Change {
    void make() throws IOException;
  }

  /** A source at a path that does not exist. */
  protected abstract PictureSource absent(Path path);

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void open_ofSplitPictures_givesEachOneWithItsClassAndSplit() throws IOException {
    List<LabelledPicture> pictures = splitPictures();
    PictureSource source = save(pictures, folder);

    assertThat(open(source).classNames()).containsExactly("cat", "dog");
    assertThat(open(source).rows().map(row -> row.listed().name()).collect())
        .doesNotHaveDuplicates();
    assertThat(content(source)).containsExactlyInAnyOrderElementsOf(lines(pictures));
  }

  @Test
  void open_ofUnsplitPictures_givesNoSplit() throws IOException {
    List<LabelledPicture> pictures = unsplitPictures();
    PictureSource source = save(pictures, folder);

    assertThat(open(source).rows().map(row -> row.listed().split()).distinct().collect())
        .containsExactly(SourceSplit.NONE);
    assertThat(content(source)).containsExactlyInAnyOrderElementsOf(lines(pictures));
  }

  @Test
  void open_ofClassNamesThatReadTheSame_isRefusedByTheSourcesName() throws IOException {
    PictureSource source =
        save(
            List.of(
                new LabelledPicture(SourceSplit.NONE, "Big_Cat", 1),
                new LabelledPicture(SourceSplit.NONE, "big cat", 2)),
            folder);

    assertThatThrownBy(() -> open(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageStartingWith("Cannot learn from " + source.name() + ": the classes 'Big_Cat' ");
  }

  @Test
  void open_ofAnAbsentSource_isRefusedByItsName() {
    PictureSource source = absent(folder.resolve("none"));

    assertThatThrownBy(() -> open(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(source.name());
  }

  @Test
  void ingest_storesTheSameDatasetAsEveryOtherSource() throws IOException {
    for (List<LabelledPicture> pictures : List.of(splitPictures(), unsplitPictures())) {
      List<LabelledPicture> reversed = new ArrayList<>(pictures);
      Collections.reverse(reversed);
      Path empty = folder.resolve(pictures.get(0).split().name());

      assertThat(ingest(save(reversed, empty)).record())
          .isEqualTo(ingest(new InMemoryPictures(pictures)).record());
    }
  }

  @Test
  void ingest_ofAPictureOverwrittenMeanwhile_fails() throws IOException {
    PictureSource source = save(splitPictures(), folder.resolve("pictures"));
    String picture = open(source).rows().first().listed().name();
    ChangingSource.change = overwriting(source, picture, Pictures.png(999));

    assertThatThrownBy(() -> ingest(new ChangingSource(source)))
        .isInstanceOf(ChangedSourceException.class)
        .hasMessageContaining(picture + " changed while it was read");
  }

  /** Changes a source whenever its rows have been read, in this JVM. */
  private record ChangingSource(PictureSource delegate) implements PictureSource {
    private static volatile Change change = () -> {};

    @Override
    public String name() {
      return delegate.name();
    }

    @Override
    public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
        throws IOException {
      SourceRows rows = delegate.open(spark, options);
      return new SourceRows(
          rows.classNames(),
          rows.rows().coalesce(1).mapPartitions(ChangingSource::thenChange),
          rows.remarks(),
          rows.again());
    }

    private static Iterator<SourceRow> thenChange(Iterator<SourceRow> rows) throws IOException {
      List<SourceRow> read = new ArrayList<>();
      rows.forEachRemaining(read::add);
      change.make();
      return read.iterator();
    }
  }

  private IngestJob.Result ingest(PictureSource source) throws IOException {
    return new IngestJob(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            StoreLocation.of(folder.resolve("store").toString()))
        .run(new IngestRequest(source, SEED));
  }

  private static List<LabelledPicture> splitPictures() {
    List<LabelledPicture> pictures = new ArrayList<>();
    add(pictures, SourceSplit.TRAIN, "cat", 12);
    add(pictures, SourceSplit.TRAIN, "dog", 5);
    add(pictures, SourceSplit.TEST, "cat", 2);
    add(pictures, SourceSplit.TEST, "dog", 3);
    return pictures;
  }

  private static List<LabelledPicture> unsplitPictures() {
    List<LabelledPicture> pictures = new ArrayList<>();
    add(pictures, SourceSplit.NONE, "cat", 11);
    add(pictures, SourceSplit.NONE, "dog", 6);
    return pictures;
  }

  private static void add(
      List<LabelledPicture> pictures, SourceSplit split, String className, int count) {
    for (int i = 0; i < count; i++) {
      pictures.add(new LabelledPicture(split, className, pictures.size()));
    }
  }

  private static List<String> lines(List<LabelledPicture> pictures) {
    return pictures.stream()
        .map(picture -> line(picture.split(), picture.className(), picture.encoded()))
        .toList();
  }

  private static SourceRows open(PictureSource source) throws IOException {
    return source.open(JavaSparkContext.fromSparkContext(session.sparkContext()), OPTIONS);
  }

  private static List<String> content(PictureSource source) throws IOException {
    SourceRows rows = open(source);
    return rows.rows().collect().stream()
        .map(
            row ->
                line(
                    row.listed().split(),
                    rows.classNames().get(row.listed().label()),
                    row.picture()))
        .toList();
  }

  private static String line(SourceSplit split, String className, byte[] encoded) {
    return split + " " + className + " " + Digest.of(encoded);
  }
}
