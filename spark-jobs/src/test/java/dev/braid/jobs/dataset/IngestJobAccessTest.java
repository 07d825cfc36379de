package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureReading;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.UnreadablePictureException;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed read is not a refusal: the next run may succeed. */
class IngestJobAccessTest {
  /** Reading a process's memory at address 0 is a file system error, even for root. */
  private static final Path UNREADABLE = Path.of("/proc/self/mem");

  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void run_onAnUnreadablePicture_namesIt() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path picture = pictures.resolve("train/cat/memory.png");
    Files.createSymbolicLink(picture, UNREADABLE);
    assertThatThrownBy(
            () ->
                ingest(
                    pictures.toString(), new AllowedRoots(List.of(pictures.toString(), "/proc"))))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot read the picture " + picture + ": ");
  }

  @Test
  void run_onUnreadableClassNames_namesTheirFile() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path names = pictures.resolve("classes.txt");
    Files.createSymbolicLink(names, UNREADABLE);
    assertThatThrownBy(
            () ->
                ingest(
                    pictures.toString(), new AllowedRoots(List.of(pictures.toString(), "/proc"))))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot read the class names in " + names + ": ");
  }

  @Test
  void run_onAPictureThatOnlyTheDriverCanRead_isNotTheSourcesFault() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    PictureSource source = new UnseenByExecutors(ImageFolder.of(pictures.toString()));
    StoreLocation store = StoreLocation.of(folder.resolve("store").toString());
    IngestJob job = new IngestJob(JavaSparkContext.fromSparkContext(session.sparkContext()), store);

    assertThatThrownBy(() -> job.run(new IngestRequest(source, 1)))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageContaining(
            "an executor answers 'Cannot read the picture: it is a link to nothing',")
        .hasMessageEndingWith("but the driver can read it");
  }

  /** Pictures that lie behind links to a folder which the executors do not have. */
  private record UnseenByExecutors(PictureSource delegate) implements PictureSource {
    @Override
    public String name() {
      return delegate.name();
    }

    @Override
    public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
        throws IOException {
      SourceRows rows = delegate.open(spark, options);
      PictureReading unseen =
          picture -> {
            throw new UnreadablePictureException("it is a link to nothing");
          };
      return new SourceRows(
          rows.classNames(),
          rows.rows().map(row -> SourceRow.read(row.listed(), unseen)),
          rows.remarks(),
          rows.again());
    }
  }

  @Test
  void run_onAFileSystemThatDoesNotAnswer_throwsItsError() {
    assertThatThrownBy(() -> ingest("hdfs://localhost:1/pictures", AllowedRoots.NAMED))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("localhost:1");
  }

  private void ingest(String pictures, AllowedRoots allowed) throws IOException {
    TreeMap<String, String> options = new TreeMap<>(Map.of("ipc.client.connect.max.retries", "0"));
    StoreLocation store = new StoreLocation(folder.resolve("store").toString(), options);
    new IngestJob(JavaSparkContext.fromSparkContext(session.sparkContext()), store)
        .run(
            new IngestRequest(
                new ImageFolder(pictures, new ImageFolder.ClassNames.Found(), allowed), 1));
  }
}
