package dev.braid.jobs.source.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ClosedFile;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.UnreadablePictureException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as people have them: nothing in them is lost without a word. */
class OddFolderTest {
  private static final Configuration CONFIGURATION = new Configuration(/* loadDefaults= */ false);

  @TempDir Path folder;
  private Path pictures;

  @BeforeEach
  void drawPictures() throws IOException {
    pictures = folder.resolve("pictures");
    Pictures.fill(pictures.resolve("cat"), 3, 0);
    Pictures.fill(pictures.resolve("dog"), 3, 10);
  }

  @Test
  void list_ofLinksToNothing_listsThemAsUnreadablePictures() throws IOException {
    Files.createSymbolicLink(pictures.resolve("cat/gone.png"), folder.resolve("none"));
    Files.createSymbolicLink(pictures.resolve("cat/loop.png"), Path.of("loop.png"));
    Files.createSymbolicLink(
        pictures.resolve("cat/below.png"), pictures.resolve("dog/0010.png/below"));

    assertThat(list().pictures()).hasSize(9);
    for (String name : List.of("gone", "loop", "below")) {
      assertThatThrownBy(() -> read(source(), "cat/" + name + ".png"))
          .isInstanceOf(UnreadablePictureException.class)
          .hasMessage("Cannot read the picture: it is a link to nothing");
    }
  }

  @Test
  void list_ofAClassThatIsALinkToNothing_isRefused() throws IOException {
    Files.createSymbolicLink(pictures.resolve("emu"), folder.resolve("none"));
    refused("emu is a link to nothing; remove or restore it");
  }

  @Test
  void read_ofAClosedFile_isItsOwnFault() throws IOException {
    Path closed = ClosedFile.in(folder);
    Files.createSymbolicLink(pictures.resolve("cat/closed.png"), closed);
    ImageFolder source =
        new ImageFolder(
            pictures.toString(),
            new ImageFolder.ClassNames.Found(),
            new AllowedRoots(List.of("/")));

    assertThatThrownBy(() -> read(source, "cat/closed.png"))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage("Cannot read the picture: permission denied");
  }

  @Test
  void list_ofNamesThatAreNotUtf8_isRefusedWithTheirBytes() throws IOException {
    Files.createDirectory(raw(pictures, "b%FCck"));
    refused("the name b\\xfcck is not UTF-8; rename it");
  }

  @Test
  void list_ofPicturesWhoseNamesAreNotUtf8_isRefusedWithTheirBytes() throws IOException {
    Files.write(raw(pictures, "cat/b%FCck.png"), Pictures.png(20));
    Files.write(raw(pictures, "cat/gr%FCn.png"), Pictures.png(21));
    refused(
        "the folder cat cannot be read: 2 names are not UTF-8, such as b\\xfcck.png, gr\\xfcn.png;"
            + " rename them (convmv does)");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void list_ofAPipe_isRefusedUnopened() throws Exception {
    mkfifo(pictures.resolve("cat/x.png"));
    refused("cat/x.png is no regular file (a pipe, socket or device); remove it");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_ofAPipe_isItsOwnFault() throws Exception {
    mkfifo(pictures.resolve("cat/x.png"));
    assertThatThrownBy(() -> read(source(), "cat/x.png"))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage("Cannot read the picture: it is no regular file (a pipe, socket or device)");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void list_ofClassNamesInAPipe_isRefusedUnopened() throws Exception {
    mkfifo(pictures.resolve("classes.txt"));
    refused(
        "the class names in "
            + pictures
            + "/classes.txt cannot be read: it is no regular file (a"
            + " pipe, socket or device)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shot-12:00:00.png", "a%b#c?d[e]{f}*g h'i\"j.png", "grün🔴.png", "a:b"})
  void read_ofOddNames_givesTheirBytes(String name) throws IOException {
    Files.write(pictures.resolve("cat").resolve(name), Pictures.png(20));

    assertThat(list().pictures()).extracting(ListedPicture::name).contains("cat/" + name);
    assertThat(read(source(), "cat/" + name)).isEqualTo(Pictures.png(20));
  }

  @Test
  void list_ofSystemEntries_passesThemOverAndCountsThem() throws IOException {
    for (String name : List.of("__MACOSX", "cat/@eaDir", "cat/.ipynb_checkpoints")) {
      Pictures.fill(pictures.resolve(name), 1, 99);
    }
    for (String name :
        List.of("cat/Thumbs.db", "cat/desktop.ini", "dog/._0010.png", ".DS_Store", "_SUCCESS")) {
      Files.writeString(pictures.resolve(name), "");
    }
    Files.writeString(pictures.resolve("README.md"), "");
    PictureListing listing = list();

    assertThat(listing.classNames()).containsExactly("cat", "dog");
    assertThat(listing.pictures()).hasSize(6);
    assertThat(listing.remarks())
        .containsExactly(
            "8 hidden or system entries (such as .DS_Store)", "1 other entry (README.md)");
  }

  @ParameterizedTest
  @CsvSource({
    "train, val, test",
    "Train, Val, Test",
    "TRAIN, valid, TEST",
    "train, Validation, test",
    "train, dev, test"
  })
  void list_ofFoldersNamedAsSplits_assignsThem(String train, String validation, String test)
      throws IOException {
    Path root = folder.resolve("split");
    for (String split : List.of(train, validation, test)) {
      Pictures.fill(root.resolve(split).resolve("cat"), 1, split.hashCode());
      Pictures.fill(root.resolve(split).resolve("dog"), 1, split.hashCode() + 1);
    }
    PictureListing listing = ImageFolder.of(root.toString()).list(CONFIGURATION);

    assertThat(listing.classNames()).containsExactly("cat", "dog");
    assertThat(listing.pictures())
        .hasSize(6)
        .allSatisfy(
            picture ->
                assertThat(picture.split())
                    .isEqualTo(
                        picture.name().startsWith(train)
                            ? SourceSplit.TRAIN
                            : picture.name().startsWith(test)
                                ? SourceSplit.TEST
                                : SourceSplit.VALIDATION));
  }

  @Test
  void list_ofTwoFoldersOfASplit_isRefused() throws IOException {
    Path root = folder.resolve("split");
    for (String split : List.of("train", "test", "val", "valid")) {
      Pictures.fill(root.resolve(split).resolve("cat"), 1, split.hashCode());
    }
    refused(root, "val/ and valid/ are one split; make them one folder");
  }

  @Test
  void list_ofAFolderBesideTheSplits_saysSo() throws IOException {
    Path root = Pictures.catsAndDogs(folder.resolve("split"));
    Pictures.fill(root.resolve("extra/cat"), 1, 7);
    assertThat(ImageFolder.of(root.toString()).list(CONFIGURATION).remarks())
        .containsExactly("1 other entry (extra/)");
  }

  @Test
  void list_ofAClassNamedAsASplit_isAClass() throws IOException {
    Pictures.fill(pictures.resolve("train"), 3, 20);
    Pictures.fill(pictures.resolve("valid"), 3, 30);
    assertThat(list().classNames()).containsExactly("cat", "dog", "train", "valid");
  }

  @Test
  void list_ofSplitsWithoutClasses_isRefused() throws IOException {
    Path root = folder.resolve("flat");
    Pictures.fill(root.resolve("Train"), 3, 20);
    Pictures.fill(root.resolve("Test"), 3, 30);
    refused(root, "Train/ has no class folders");
  }

  @Test
  void list_ofDeeperPictures_readsThemIfAsked() throws IOException {
    Pictures.fill(pictures.resolve("cat/2024/may"), 2, 20);
    refused(
        "a folder inside a class, cat/2024 (pictures lie directly in their class's folder; with"
            + " --recursive also in folders inside it)");

    PictureListing listing = recursive().list(CONFIGURATION);
    assertThat(listing.pictures())
        .filteredOn(picture -> picture.label() == 0)
        .extracting(ListedPicture::name)
        .contains("cat/2024/may/0020.png", "cat/0000.png")
        .hasSize(5);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void list_ofALinkToAFolderAboveIt_isRefused() throws IOException {
    Files.createSymbolicLink(pictures.resolve("cat/again"), pictures.resolve("cat"));
    assertThatThrownBy(() -> recursive().list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot read pictures from %s: the link cat/again leads back to a folder above it",
            pictures);
  }

  @Test
  void list_ofNamesInTwoFormsOfUnicode_takesThemForOne() throws IOException {
    Path root = folder.resolve("split");
    Pictures.fill(root.resolve("train/caf\u00e9"), 1, 1);
    Pictures.fill(root.resolve("train/dog"), 1, 2);
    Pictures.fill(root.resolve("test/cafe\u0301"), 1, 3);
    Pictures.fill(root.resolve("test/dog"), 1, 4);
    PictureListing listing = ImageFolder.of(root.toString()).list(CONFIGURATION);
    assertThat(listing.classNames()).containsExactly("caf\u00e9", "dog");
    assertThat(listing.pictures()).hasSize(4);

    Files.writeString(root.resolve("classes.txt"), "\ufeffdog\ncafe\u0301\n", UTF_8);
    assertThat(ImageFolder.of(root.toString()).list(CONFIGURATION).classNames())
        .containsExactly("dog", "caf\u00e9");
  }

  @Test
  void list_ofAClassInTwoFormsOfUnicode_isRefused() throws IOException {
    Pictures.fill(pictures.resolve("caf\u00e9"), 1, 20);
    Pictures.fill(pictures.resolve("cafe\u0301"), 1, 21);
    refused(
        "two folders belong to the class 'caf\u00e9': their names differ only in blanks at the"
            + " ends or in how letters with accents are composed");
  }

  @ParameterizedTest
  @CsvSource({
    "'', has no name (at least two)",
    "cat, 'has one name, ''cat'' (at least two)'",
  })
  void list_ofAShortList_blamesTheList(String text, String why) throws IOException {
    Files.writeString(pictures.resolve("classes.txt"), text);
    refused("the file of class names " + pictures + "/classes.txt " + why);
  }

  @Test
  void list_ofAListWithABlankLine_namesTheLine() throws IOException {
    Files.writeString(pictures.resolve("classes.txt"), "cat\n\ndog\n");
    refused("line 2 of the class names in " + pictures + "/classes.txt is blank");
  }

  @Test
  void list_ofAClassListThatIsALinkToNothing_isRefused() throws IOException {
    Files.createSymbolicLink(pictures.resolve("classes.txt"), Path.of("none"));
    refused("classes.txt is a link to nothing; remove or restore it");
  }

  @Test
  void list_ofALineBreakInAName_isRefusedInOneLine() throws IOException {
    Files.createDirectories(pictures.resolve("cat/a\nb"));
    refused(
        "a folder inside a class, cat/a?b (pictures lie directly in their class's folder; with"
            + " --recursive also in folders inside it)");
  }

  @Test
  void list_ofAFolderAroundTheOneThatIsMeant_saysSo() throws IOException {
    Pictures.fill(folder.resolve("zip/data/train/cat"), 1, 1);
    refused(
        folder.resolve("zip"),
        "its only folder is data/, which has folders in it; if they are the classes or splits, name"
            + " that folder");
  }

  @Test
  void list_ofAClassOfBlanks_isRefused() throws IOException {
    Pictures.fill(pictures.resolve("\u00a0"), 1, 20);
    assertThatThrownBy(this::list)
        .hasMessage("Cannot learn from %s: a class name is blank", pictures);
  }

  @Test
  void list_ofTheWeb_isRefusedUnread() {
    assertThatThrownBy(() -> ImageFolder.of("https://example.org/x").list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot read pictures from https://example.org/x: nothing is read from the web");
    ImageFolder source =
        new ImageFolder(
            pictures.toString(),
            new ImageFolder.ClassNames.Listed("https://example.org/x"),
            AllowedRoots.NAMED);
    assertThatThrownBy(() -> source.list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageEndingWith(
            "the class names in https://example.org/x cannot be read: nothing is read from the"
                + " web");
  }

  @Test
  void list_ofAPathThatIsNone_isRefused() {
    assertThatThrownBy(() -> ImageFolder.of("a:b:c").list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage("Cannot read pictures from a:b:c: 'a:b:c' is no path");
  }

  @Test
  void list_ofOneUnlistedFolder_blamesThatOne() throws IOException {
    Pictures.fill(pictures.resolve("emu"), 1, 20);
    Files.writeString(pictures.resolve("classes.txt"), "cat\ndog\n");
    refused(
        "the folder 'emu' is not a class (neither one of the 2 names in classes.txt nor a number"
            + " below 2)");
  }

  @Test
  void list_ofNamedAndNumberedFolders_blamesOneOfEach() throws IOException {
    Pictures.fill(pictures.resolve("2"), 1, 20);
    Files.writeString(pictures.resolve("classes.txt"), "cat\ndog\nemu\n");
    refused(
        "the folder 'cat' has the name of a class and '2' the number of one; name or number them"
            + " all");
  }

  private ImageFolder source() {
    return ImageFolder.of(pictures.toString());
  }

  private ImageFolder recursive() {
    return new ImageFolder(
        pictures.toString(),
        new ImageFolder.ClassNames.Found(),
        AllowedRoots.NAMED,
        ImageFolder.Depth.RECURSIVE);
  }

  private PictureListing list() throws IOException {
    return source().list(CONFIGURATION);
  }

  private void refused(String why) {
    refused(pictures, why);
  }

  private static void refused(Path root, String why) {
    assertThatThrownBy(() -> ImageFolder.of(root.toString()).list(CONFIGURATION))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage("Cannot read pictures from %s: %s", root, why);
  }

  /** A path with percent-encoded bytes. */
  private static Path raw(Path parent, String name) {
    return Path.of(URI.create("file://" + parent + "/" + name));
  }

  private static void mkfifo(Path pipe) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  private static byte[] read(ImageFolder source, String picture) throws IOException {
    ListedPicture listed = new ListedPicture(SourceSplit.NONE, 0, picture);
    return new FolderReading(source, new TreeMap<>()).read(listed);
  }
}
