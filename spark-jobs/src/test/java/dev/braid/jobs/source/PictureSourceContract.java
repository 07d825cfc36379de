package dev.braid.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.store.StoreLocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every source of pictures must satisfy. */
abstract class PictureSourceContract {
  private static final Configuration CONFIGURATION = new Configuration(/* loadDefaults= */ false);
  private static final long SEED = 3;
  private static SparkSession session;

  @TempDir Path folder;

  /** Saves the pictures in an empty folder and returns the source of them. */
  abstract PictureSource save(List<LabelledPicture> pictures, Path empty) throws IOException;

  /** Overwrites a picture of a saved source. */
  abstract void overwrite(PictureSource source, String picture, byte[] encoded) throws IOException;

  /** A source at a path that does not exist. */
  abstract PictureSource absent(Path path);

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void list_ofSplitPictures_givesEachOneWithItsClassAndSplit() throws IOException {
    List<LabelledPicture> pictures = splitPictures();
    PictureSource source = save(pictures, folder);
    PictureListing listing = source.list(CONFIGURATION);

    assertThat(listing.classNames()).containsExactly("cat", "dog");
    assertThat(listing.pictures()).extracting(ListedPicture::name).doesNotHaveDuplicates();
    assertThat(content(source)).containsExactlyInAnyOrderElementsOf(lines(pictures));
  }

  @Test
  void list_ofUnsplitPictures_givesNoSplit() throws IOException {
    List<LabelledPicture> pictures = unsplitPictures();
    PictureSource source = save(pictures, folder);

    assertThat(source.list(CONFIGURATION).pictures())
        .extracting(ListedPicture::split)
        .containsOnly(SourceSplit.NONE);
    assertThat(content(source)).containsExactlyInAnyOrderElementsOf(lines(pictures));
  }

  @Test
  void list_ofClassNamesThatReadTheSame_isRefusedByTheSourcesName() throws IOException {
    PictureSource source =
        save(
            List.of(
                new LabelledPicture(SourceSplit.NONE, "Big_Cat", 1),
                new LabelledPicture(SourceSplit.NONE, "big cat", 2)),
            folder);

    assertThatThrownBy(() -> source.list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageStartingWith("Cannot learn from " + source.name() + ": the classes 'Big_Cat' ");
  }

  @Test
  void list_ofAnAbsentSource_isRefusedByItsName() {
    PictureSource source = absent(folder.resolve("none"));

    assertThatThrownBy(() -> source.list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(source.name());
  }

  @Test
  void copy_inAnotherJvm_readsTheSamePictures() throws Exception {
    PictureSource source = save(splitPictures(), folder);
    PictureSource copy = deserialized(serialized(source));

    assertThat(copy).isEqualTo(source);
    assertThat(copy.list(CONFIGURATION)).isEqualTo(source.list(CONFIGURATION));
    assertThat(content(copy)).isEqualTo(content(source));
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
    String picture = source.list(CONFIGURATION).pictures().get(0).name();
    OverwrittenPicture.after =
        () -> {
          try {
            overwrite(source, picture, Pictures.png(999));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };

    assertThatThrownBy(() -> ingest(new OverwrittenPicture(source, picture)))
        .isInstanceOf(ChangedSourceException.class)
        .hasMessageContaining(picture + " changed while it was read");
  }

  /** Overwrites a picture after its first read, in this JVM. */
  private record OverwrittenPicture(PictureSource delegate, String picture)
      implements PictureSource {
    private static volatile Runnable after = () -> {};

    @Override
    public String name() {
      return delegate.name();
    }

    @Override
    public PictureListing list(Configuration configuration) throws IOException {
      return delegate.list(configuration);
    }

    @Override
    public byte[] read(String name, Configuration configuration) throws UnreadablePictureException {
      byte[] encoded = delegate.read(name, configuration);
      if (name.equals(picture)) {
        after.run();
      }
      return encoded;
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

  private static List<String> content(PictureSource source) throws IOException {
    PictureListing listing = source.list(CONFIGURATION);
    List<String> lines = new ArrayList<>();
    for (ListedPicture picture : listing.pictures()) {
      lines.add(
          line(
              picture.split(),
              listing.classNames().get(picture.label()),
              source.read(picture.name(), CONFIGURATION)));
    }
    return lines;
  }

  private static String line(SourceSplit split, String className, byte[] encoded) {
    return split + " " + className + " " + Digest.of(encoded);
  }

  private static byte[] serialized(PictureSource source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(source);
    }
    return bytes.toByteArray();
  }

  private static PictureSource deserialized(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (PictureSource) in.readObject();
    }
  }
}
