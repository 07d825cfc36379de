package dev.braid.jobs.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ImageFolder;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
    // A tenth of 24 is 2, a tenth of 6 is none but at least 1.
    assertThat(dataset.rows()).isEqualTo(new DatasetRecord.Rows(27, 3, 8));
    List<Picture> rows = reader(dataset).rows(0, 38);
    assertThat(rows)
        .extracting(Picture::rowId)
        .isEqualTo(Stream.iterate(0L, i -> i + 1).limit(38).toList());
    assertThat(digests(rows)).containsExactlyInAnyOrderElementsOf(digestsOfFiles(pictures));
    assertThat(dataset.content()).isEqualTo(digestByHand(dataset, rows));
  }

  @Test
  void run_onTheSamePicturesUnderOtherNames_makesTheSameRecord() throws IOException {
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
  void run_onFewShots_keepsThatManyOfEachClassToLearnFrom_andAllToTestOn() throws IOException {
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

  @Test
  void run_onMoreShotsThanAClassHas_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    assertThatThrownBy(() -> ingest(shots(pictures, 6)))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot learn from %s: the class 'dog' has 5 different pictures to learn from, fewer"
                + " than 6 shots; ask for fewer, or add pictures",
            pictures);
  }

  private static IngestRequest shots(Path pictures, int shots) {
    return new IngestRequest(ImageFolder.of(pictures.toString()), SEED, shots);
  }

  @Test
  void run_onNumberedFolders_namesClassesByTheLinesOfTheFile() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (String part : List.of("train", "test")) {
      Pictures.fill(pictures.resolve(part + "/000"), 2, part.hashCode());
      Pictures.fill(pictures.resolve(part + "/001"), 2, part.hashCode() + 10);
    }
    Pictures.write(pictures.resolve("classes.txt"), "zebra\nape_man\n".getBytes(UTF_8));
    DatasetRecord dataset = ingest(pictures).dataset();
    assertThat(dataset.classNames()).containsExactly("zebra", "ape_man");
    Picture first = reader(dataset).rows(0, 1).get(0);
    assertThat(first.label()).isZero();
    assertThat(digestsOfFiles(pictures.resolve("train/000"))).contains(Digest.of(first.encoded()));
  }

  @Test
  void run_onAFileOfNames_findsFoldersByThem() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path names = folder.resolve("names.txt");
    Pictures.write(names, "Dog\ncat".getBytes(UTF_8));
    DatasetRecord dataset =
        ingest(
                new IngestRequest(
                    new ImageFolder(
                        pictures.toString(),
                        new ImageFolder.ClassNames.Listed(names.toString()),
                        AllowedRoots.NAMED),
                    SEED))
            .dataset();
    assertThat(dataset.classNames()).containsExactly("Dog", "cat");
    assertThat(reader(dataset).shard(Split.TEST, 0, 1))
        .extracting(Picture::label)
        .containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void run_withFewUndecodablePictures_leavesThemOutAndListsThem() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    byte[] whole = Pictures.png(1);
    Pictures.write(pictures.resolve("train/dog/cut.png"), Arrays.copyOf(whole, 20));
    IngestJob.Result result = ingest(pictures);
    assertThat(result.dataset().rows().total()).isEqualTo(38);
    assertThat(result.leftOut()).hasSize(1);
    assertThat(result.leftOut().get(0)).startsWith("train/dog/cut.png: ");
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
  void shards_ofASplit_areItsRowsDealtOut() throws IOException {
    DatasetReader reader =
        reader(ingest(Pictures.catsAndDogs(folder.resolve("pictures"))).dataset());
    assertThat(reader.shard(Split.VALIDATION, 0, 2))
        .extracting(Picture::rowId)
        .containsExactly(27L, 29L);
    assertThat(reader.shard(Split.VALIDATION, 1, 2))
        .extracting(Picture::rowId)
        .containsExactly(28L);
  }

  // What is refused, each with one sentence; nothing is stored.

  @Test
  void run_onMissingFolder_isRefused() {
    refused(folder.resolve("none"), "Cannot read pictures from %s: no such folder");
  }

  @Test
  void run_onFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused(file, "Cannot read pictures from %s: it is not a folder");
  }

  @Test
  void run_onEmptyFolder_isRefused() throws IOException {
    refused(
        Files.createDirectories(folder.resolve("empty")),
        "Cannot read pictures from %s: the folder is empty");
  }

  @Test
  void run_onFolderWithoutClasses_isRefused() throws IOException {
    Pictures.fill(folder.resolve("flat"), 3, 0);
    refused(folder.resolve("flat"), "Cannot read pictures from %s: it has no class folders");
  }

  @Test
  void run_onTrainAlone_isRefused() throws IOException {
    Pictures.fill(folder.resolve("half/train/cat"), 3, 0);
    refused(
        folder.resolve("half"),
        "Cannot read pictures from %s: it has train/ but no test/ (give both, or class folders"
            + " alone)");
  }

  @Test
  void run_onOneClass_isRefused() throws IOException {
    Pictures.fill(folder.resolve("one/cat"), 3, 0);
    refused(folder.resolve("one"), "Cannot learn from %s: one class, 'cat' (at least two classes)");
  }

  @Test
  void run_onEmptyClass_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.createDirectories(pictures.resolve("train/emu"));
    refused(pictures, "Cannot learn from %s: the class 'emu' has no picture in train");
  }

  @Test
  void run_onClassWithoutTestPicture_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Pictures.fill(pictures.resolve("train/emu"), 2, 0);
    refused(pictures, "Cannot learn from %s: the class 'emu' has no picture in test");
  }

  @Test
  void run_onClassOfOnePictureToCut_isRefused() throws IOException {
    Pictures.fill(folder.resolve("cut/cat"), 3, 0);
    Pictures.fill(folder.resolve("cut/dog"), 1, 10);
    refused(
        folder.resolve("cut"),
        "Cannot learn from %s: the class 'dog' has one picture (two or more: one to learn from, one"
            + " to test on)");
  }

  @Test
  void run_onCollidingClassNames_isRefused() throws IOException {
    Pictures.fill(folder.resolve("twins/Big_Cat"), 3, 0);
    Pictures.fill(folder.resolve("twins/big cat"), 3, 10);
    refused(
        folder.resolve("twins"),
        "Cannot learn from %s: the classes 'Big_Cat' and 'big cat' read the same (after trimming,"
            + " case folding and underscore to blank); rename one");
  }

  @Test
  void run_onUnlistedClassFolder_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.writeString(pictures.resolve("classes.txt"), "cat\nemu\n");
    refused(
        pictures,
        "Cannot read pictures from %s: the folder 'cat' is no class (neither one of the 2 listed"
            + " names nor a number below 2)");
  }

  @Test
  void run_onFolderInsideAClass_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Pictures.fill(pictures.resolve("train/cat/more"), 1, 0);
    refused(
        pictures,
        "Cannot read pictures from %s: a folder inside a class, train/cat/more (pictures lie"
            + " directly in their class's folder)");
  }

  @Test
  void run_onPictureInTrainAndTest_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.copy(pictures.resolve("train/cat/1003.png"), pictures.resolve("test/dog/twin.png"));
    refused(
        pictures,
        "Cannot learn from %s: test/dog/twin.png is the same picture as train/cat/1003.png; remove"
            + " one");
  }

  @Test
  void run_onPictureInTwoClasses_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.copy(pictures.resolve("train/cat/1003.png"), pictures.resolve("train/dog/twin.png"));
    refused(
        pictures,
        "Cannot learn from %s: train/dog/twin.png is the same picture as train/cat/1003.png; remove"
            + " one");
  }

  @Test
  void run_onClassNameOfTwoLines_isRefused() throws IOException {
    Pictures.fill(folder.resolve("lines/cat"), 3, 0);
    Pictures.fill(folder.resolve("lines/big\ndog"), 3, 10);
    refused(
        folder.resolve("lines"),
        "Cannot learn from %s: the class name 'big?dog' holds a line break or another control"
            + " character (shown as '?'); rename it");
  }

  @Test
  void run_onClassFoldersWithoutPictures_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("hollow/cat"));
    Files.createDirectories(folder.resolve("hollow/dog"));
    refused(folder.resolve("hollow"), "Cannot learn from %s: the class 'cat' has no picture");
  }

  @Test
  void run_onOneTrainingPictureAClass_isRefused() throws IOException {
    for (String name : List.of("train/cat", "train/dog", "test/cat", "test/dog")) {
      Pictures.fill(folder.resolve("few").resolve(name), 1, name.hashCode());
    }
    refused(
        folder.resolve("few"),
        "Cannot learn from %s: no class has two different pictures to learn from, so none can be"
            + " kept for validation; add pictures");
  }

  @Test
  void run_onNamesThatAreNoText_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path names = pictures.resolve("classes.txt");
    Pictures.write(names, new byte[] {'c', 'a', (byte) 0xe9, '\n', 'd', 'o', 'g'});
    refused(
        pictures,
        "Cannot read pictures from %s: the class names in " + names + " are not UTF-8 text");
  }

  @Test
  void run_onNamesThatAreAFolder_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path source = pictures;
    ImageFolder.ClassNames names = new ImageFolder.ClassNames.Listed(folder.toString());
    assertThatThrownBy(
            () ->
                ingest(
                    new IngestRequest(
                        new ImageFolder(source.toString(), names, AllowedRoots.NAMED), SEED)))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot read pictures from %s: the file of class names %s is a folder (expected: one"
                + " name per line)",
            source, folder);
  }

  @Test
  void run_onClassFoldersWithColons_takesThem() throws IOException {
    Pictures.fill(folder.resolve("colons/c:cat"), 3, 0);
    Pictures.fill(folder.resolve("colons/c:dog"), 3, 10);
    DatasetRecord dataset = ingest(folder.resolve("colons")).dataset();
    assertThat(dataset.classNames()).containsExactly("c:cat", "c:dog");
    assertThat(digests(reader(dataset).rows(0, 6)))
        .containsExactlyInAnyOrderElementsOf(digestsOfFiles(folder.resolve("colons")));
  }

  @Test
  void run_onManyUndecodablePictures_isRefusedWithTheirNames() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.writeString(pictures.resolve("test/dog/Thumbs.db"), "no picture");
    Path source = pictures;
    assertThatThrownBy(() -> ingest(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageStartingWith(
            "Cannot learn from "
                + pictures
                + ": 1 of 9 pictures in test cannot be decoded (at most 5 %): test/dog/Thumbs.db"
                + " (");
  }

  private void refused(Path source, String message) {
    assertThatThrownBy(() -> ingest(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(message.formatted(source));
    assertThat(folder.resolve("store")).doesNotExist();
  }

  private IngestJob.Result ingest(Path source) throws IOException {
    return ingest(new IngestRequest(ImageFolder.of(source.toString()), SEED));
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

  /** DESIGN 3, written out once more: names, then a line a picture, sorted within its split. */
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
