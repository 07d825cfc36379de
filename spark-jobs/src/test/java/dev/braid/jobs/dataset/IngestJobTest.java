package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.TurnedPng;
import dev.braid.vlm.image.ExifOrientation;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobTest {
  private static final long SEED = 7;
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

  @Test
  void run_onTrainAndTestFolders_storesEveryPictureUnderItsRank() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    DatasetRecord dataset = ingest(pictures).dataset();

    assertThat(dataset.classNames()).containsExactly("cat", "dog");
    // A tenth of 24 is 2; a tenth of 6 is 0, raised to 1.
    assertThat(dataset.rows()).isEqualTo(new DatasetRecord.Rows(27, 3, 8));
    List<Picture> rows = reader(dataset).rows(0, 38);
    assertThat(rows)
        .extracting(Picture::rowId)
        .isEqualTo(Stream.iterate(0L, i -> i + 1).limit(38).toList());
    assertThat(digests(rows)).containsExactlyInAnyOrderElementsOf(digestsOfFiles(pictures));
    assertThat(dataset.content()).isEqualTo(digestByHand(dataset, rows));
  }

  @Test
  void run_onTheSamePicturesUnderOtherNames_storesTheSameRecord() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    IngestJob.Result first = ingest(pictures);
    for (Path file : files(pictures)) {
      Files.move(file, file.resolveSibling("x" + file.toString().hashCode() + ".png"));
    }
    IngestJob.Result second = ingest(pictures);
    assertThat(second.record()).isEqualTo(first.record());
    assertThat(new Records(objects()).dataset(second.record())).isEqualTo(first.dataset());
  }

  @Test
  void run_withAnotherSeed_cutsOtherPicturesForValidation() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    DatasetRecord one = ingest(pictures).dataset();
    DatasetRecord other =
        ingest(new IngestRequest(ImageFolder.of(pictures.toString()), SEED + 1)).dataset();
    assertThat(other.rows()).isEqualTo(one.rows());
    assertThat(other.content()).isNotEqualTo(one.content());
  }

  @Test
  void run_onClassFoldersAlone_cutsAFifthForTest() throws IOException {
    Path pictures = folder.resolve("pictures");
    Pictures.fill(pictures.resolve("cat"), 20, 0);
    Pictures.fill(pictures.resolve("dog"), 3, 100);
    DatasetRecord dataset = ingest(pictures).dataset();
    // Test: 4 of 20 and 1 of 3. Validation: 1 of the other 16 and 1 of the other 2.
    assertThat(dataset.rows()).isEqualTo(new DatasetRecord.Rows(16, 2, 5));
  }

  @Test
  void run_onFewShots_keepsThatManyTrainingPicturesAndAllOthers() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    DatasetRecord all = ingest(pictures).dataset();
    DatasetRecord few = ingest(shots(pictures, 5)).dataset();
    assertThat(few.rows()).isEqualTo(new DatasetRecord.Rows(10, 3, 8));
    assertThat(reader(few).shard(Split.TRAIN, 0, 1).stream().filter(p -> p.label() == 0))
        .hasSize(5);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      assertThat(digests(reader(few).shard(split, 0, 1)))
          .isEqualTo(digests(reader(all).shard(split, 0, 1)));
    }
    assertThat(digests(reader(all).shard(Split.TRAIN, 0, 1)))
        .containsAll(digests(reader(few).shard(Split.TRAIN, 0, 1)));
  }

  private static IngestRequest shots(Path pictures, int shots) {
    return new IngestRequest(ImageFolder.of(pictures.toString()), SEED, shots);
  }

  @Test
  void run_withFewUndecodablePictures_leavesThemOutAndListsThem() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    byte[] whole = Pictures.png(1);
    Pictures.write(pictures.resolve("train/dog/cut.png"), Arrays.copyOf(whole, 20));
    IngestJob.Result result = ingest(pictures);
    assertThat(result.dataset().rows().total()).isEqualTo(38);
    assertThat(result.summary().leftOut()).hasSize(1);
    assertThat(result.summary().leftOut().get(0)).startsWith("train/dog/cut.png: ");
  }

  @Test
  void run_onCopiesThatFillSeveralFiles_storesEveryCopy() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    byte[] copied = Pictures.png(5);
    for (int copy = 0; copy < 1_100; copy++) {
      Pictures.write(pictures.resolve("train/cat/copy%s.png".formatted(copy)), copied);
    }
    DatasetRecord dataset = ingest(pictures).dataset();

    assertThat(dataset.files()).hasSize(3);
    assertThat(digests(reader(dataset).rows(0, dataset.rows().total())))
        .containsExactlyInAnyOrderElementsOf(digestsOfFiles(pictures));
  }

  @Test
  void run_withFewLinksToNothing_leavesThemOutAndListsThem() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.createSymbolicLink(pictures.resolve("train/dog/gone.png"), folder.resolve("none"));
    IngestJob.Result result = ingest(pictures);
    assertThat(result.dataset().rows().total()).isEqualTo(38);
    assertThat(result.summary().leftOut())
        .containsExactly("train/dog/gone.png: Cannot read the picture: it is a link to nothing");
  }

  @Test
  void run_onAValidationFolder_cutsNoOther() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Pictures.fill(pictures.resolve("val/cat"), 2, 5000);
    Files.writeString(pictures.resolve("train/cat/Thumbs.db"), "");
    IngestJob.Result result = ingest(pictures);
    assertThat(result.dataset().rows()).isEqualTo(new DatasetRecord.Rows(30, 2, 8));
    assertThat(digests(reader(result.dataset()).shard(Split.VALIDATION, 0, 1)))
        .containsExactlyInAnyOrder(Digest.of(Pictures.png(5000)), Digest.of(Pictures.png(5001)));
    assertThat(result.summary().remarks())
        .containsExactly("1 hidden or system entry (train/cat/Thumbs.db)");
  }

  @Test
  void run_withinTheLimitThatTheRequestSets_leavesThemOut() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(pictures.resolve("train/dog/text" + i + ".png"), "no picture");
    }
    IngestRequest request =
        new IngestRequest(
            ImageFolder.of(pictures.toString()),
            SEED,
            IngestRequest.ALL,
            Optional.empty(),
            Orientation.UPRIGHT,
            /* maxUnreadable= */ 0.1);

    assertThat(ingest(request).summary().leftOut()).hasSize(3);
  }

  @Test
  void run_onTurnedPictures_isADataSetOfItsOwn() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    DatasetRecord straight = ingest(pictures).dataset();
    Path file = files(pictures).get(0);
    byte[] turned = TurnedPng.of(Files.readAllBytes(file), 6);
    Files.write(file, turned);

    IngestJob.Result applied = ingest(pictures, Orientation.UPRIGHT);
    IngestJob.Result ignored = ingest(pictures, Orientation.AS_STORED);

    assertThat(applied.summary().turned()).isEqualTo(1);
    assertThat(ignored.summary().turned()).isEqualTo(1);
    assertThat(applied.dataset().orientation()).isEqualTo(Orientation.UPRIGHT);
    assertThat(new Records(objects()).dataset(applied.record())).isEqualTo(applied.dataset());
    assertThat(applied.dataset().content())
        .isNotIn(ignored.dataset().content(), straight.content());
    assertThat(applied.dataset().files()).isEqualTo(ignored.dataset().files());
    assertThat(pixels(applied.dataset(), turned)).isEqualTo(RgbImage.decode(turned).toByteArray());
    assertThat(pixels(ignored.dataset(), turned))
        .isEqualTo(RgbImage.decode(TurnedPng.of(turned, 1)).toByteArray())
        .isNotEqualTo(RgbImage.decode(turned).toByteArray());
  }

  /**
   * The pixels that a reader of the data set gets of the picture that was stored as these bytes.
   */
  private byte[] pixels(DatasetRecord dataset, byte[] stored) throws IOException {
    for (Picture picture : reader(dataset).rows(0, dataset.rows().total())) {
      if (Arrays.equals(
          ExifOrientation.removed(stored), ExifOrientation.removed(picture.encoded()))) {
        return RgbImage.decode(picture.encoded()).toByteArray();
      }
    }
    throw new AssertionError("The picture is not in the data set");
  }

  @Test
  void run_onUprightPictures_isTheSameDataSetUnderBothRules() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));

    assertThat(ingest(pictures, Orientation.UPRIGHT).record())
        .isEqualTo(ingest(pictures, Orientation.AS_STORED).record());
  }

  @Test
  void storedFiles_nameNoProgram() throws IOException {
    DatasetRecord dataset = ingest(Pictures.catsAndDogs(folder.resolve("pictures"))).dataset();
    String path = objects().location(dataset.files().get(0).digest(), "parquet");

    assertThat(Files.readString(Path.of(URI.create(path)), StandardCharsets.ISO_8859_1))
        .doesNotContain("writer.model.name", "example");
  }

  @Test
  void storedFiles_areParquetWithTheImageSchema() throws IOException {
    DatasetRecord dataset = ingest(Pictures.catsAndDogs(folder.resolve("pictures"))).dataset();
    String[] paths =
        dataset.files().stream()
            .map(file -> objects().location(file.digest(), "parquet"))
            .toArray(String[]::new);
    Dataset<Row> table = session.read().parquet(paths);
    assertThat(table.schema().simpleString())
        .isEqualTo(
            "struct<image:struct<bytes:binary,path:string>,label:bigint,row_id:bigint,split:string>");
    assertThat(table.filter("split = 'validation'").count()).isEqualTo(3);
    assertThat(
            table
                .filter("image.path like '%.png' and sha2(image.bytes, 256) || '.png' = image.path")
                .count())
        .isEqualTo(38);
  }

  @Test
  void shards_ofASplit_takeTurnsAtItsRows() throws IOException {
    DatasetReader reader =
        reader(ingest(Pictures.catsAndDogs(folder.resolve("pictures"))).dataset());
    assertThat(reader.shard(Split.VALIDATION, 0, 2))
        .extracting(Picture::rowId)
        .containsExactly(27L, 29L);
    assertThat(reader.shard(Split.VALIDATION, 1, 2))
        .extracting(Picture::rowId)
        .containsExactly(28L);
  }

  private IngestJob.Result ingest(Path source) throws IOException {
    return ingest(new IngestRequest(ImageFolder.of(source.toString()), SEED));
  }

  private IngestJob.Result ingest(Path source, Orientation orientation) throws IOException {
    return ingest(
        new IngestRequest(
            ImageFolder.of(source.toString()),
            SEED,
            IngestRequest.ALL,
            Optional.empty(),
            orientation,
            0.05));
  }

  private IngestJob.Result ingest(IngestRequest request) throws IOException {
    return new IngestJob(JavaSparkContext.fromSparkContext(session.sparkContext()), location())
        .run(request);
  }

  private StoreLocation location() {
    return new StoreLocation(folder.resolve("store").toString(), new TreeMap<>());
  }

  private ObjectStore objects() {
    return new HadoopObjects(Folder.of(location().root(), Map.of()));
  }

  private DatasetReader reader(DatasetRecord dataset) {
    return new DatasetReader(objects(), dataset);
  }

  private static List<Digest> digests(List<Picture> pictures) {
    return pictures.stream().map(picture -> Digest.of(picture.encoded())).toList();
  }

  private static List<Digest> digestsOfFiles(Path root) throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (Path file : files(root)) {
      digests.add(Digest.of(Files.readAllBytes(file)));
    }
    return digests;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".png")).toList();
    }
  }

  /** DESIGN 3, by hand: the names, then one line per picture, sorted within its split. */
  private static Digest digestByHand(DatasetRecord dataset, List<Picture> rows) {
    StringBuilder text = new StringBuilder("data-set 2\ncat\ndog\n");
    for (Split split : Split.values()) {
      List<String> lines = new ArrayList<>();
      for (Picture row : rows) {
        long start = dataset.rows().start(split);
        if (row.rowId() >= start && row.rowId() < start + dataset.rows().of(split)) {
          lines.add(split.label() + " " + row.label() + " " + Digest.of(row.encoded()) + "\n");
        }
      }
      Collections.sort(lines);
      lines.forEach(text::append);
    }
    return Digest.of(text.toString());
  }
}
