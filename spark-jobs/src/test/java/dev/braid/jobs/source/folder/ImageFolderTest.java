package dev.braid.jobs.source.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.RefusedDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layouts of a folder, and the refusals of others. */
class ImageFolderTest {
  private static final Configuration CONFIGURATION = new Configuration(/* loadDefaults= */ false);

  @TempDir Path folder;

  @Test
  void list_onNumberedFolders_takesTheirNamesFromTheLines() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (String split : List.of("train", "test")) {
      Pictures.fill(pictures.resolve(split + "/000"), 2, split.hashCode());
      Pictures.fill(pictures.resolve(split + "/001"), 2, split.hashCode() + 10);
    }
    Files.write(pictures.resolve("classes.txt"), "zebra\nape_man\n".getBytes(UTF_8));
    PictureListing listing = list(ImageFolder.of(pictures.toString()));
    assertThat(listing.classNames()).containsExactly("zebra", "ape_man");
    assertThat(listing.pictures())
        .hasSize(8)
        .allSatisfy(
            picture ->
                assertThat(picture.label()).isEqualTo(picture.name().contains("/000/") ? 0 : 1));
  }

  @Test
  void list_onAFileOfNames_labelsFoldersByTheirOrder() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path names = folder.resolve("names.txt");
    Files.write(names, "Dog\ncat".getBytes(UTF_8));
    PictureListing listing = list(listed(pictures, names));
    assertThat(listing.classNames()).containsExactly("Dog", "cat");
    assertThat(listing.pictures())
        .allSatisfy(
            picture ->
                assertThat(picture.label()).isEqualTo(picture.name().contains("/dog/") ? 0 : 1));
  }

  @Test
  void list_onMissingFolder_isRefused() {
    refused(folder.resolve("none"), "Cannot read pictures from %s: no such folder");
  }

  @Test
  void list_onFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused(file, "Cannot read pictures from %s: it is not a folder");
  }

  @Test
  void list_onEmptyFolder_isRefused() throws IOException {
    refused(
        Files.createDirectories(folder.resolve("empty")),
        "Cannot read pictures from %s: the folder is empty");
  }

  @Test
  void list_onFolderWithoutClasses_isRefused() throws IOException {
    Pictures.fill(folder.resolve("flat"), 3, 0);
    refused(folder.resolve("flat"), "Cannot read pictures from %s: it has no class folders");
  }

  @Test
  void list_onTrainAlone_isRefused() throws IOException {
    Pictures.fill(folder.resolve("half/train/cat"), 3, 0);
    refused(
        folder.resolve("half"),
        "Cannot read pictures from %s: it has train/ but no test/ (give both, or class folders"
            + " alone)");
  }

  @Test
  void list_onCollidingClassNames_isRefused() throws IOException {
    Pictures.fill(folder.resolve("twins/Big_Cat"), 3, 0);
    Pictures.fill(folder.resolve("twins/big cat"), 3, 10);
    refused(
        folder.resolve("twins"),
        "Cannot learn from %s: the classes 'Big_Cat' and 'big cat' read the same (after trimming,"
            + " case folding and underscore to blank); rename one");
  }

  @Test
  void list_onUnlistedClassFolder_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.writeString(pictures.resolve("classes.txt"), "cat\nemu\n");
    refused(
        pictures,
        "Cannot read pictures from %s: the folder 'dog' is not a class (neither one of the 2 names"
            + " in classes.txt nor a number below 2)");
  }

  @Test
  void list_onFolderInsideAClass_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Pictures.fill(pictures.resolve("train/cat/more"), 1, 0);
    refused(
        pictures,
        "Cannot read pictures from %s: a folder inside a class, train/cat/more (pictures lie"
            + " directly in their class's folder; with --recursive also in folders inside it)");
  }

  @Test
  void list_onClassNameOfTwoLines_isRefused() throws IOException {
    Pictures.fill(folder.resolve("lines/cat"), 3, 0);
    Pictures.fill(folder.resolve("lines/big\ndog"), 3, 10);
    refused(
        folder.resolve("lines"),
        "Cannot learn from %s: the class name 'big?dog' holds a line break or another control"
            + " character (shown as '?'); rename it");
  }

  @Test
  void list_onNamesThatAreNotText_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Path names = pictures.resolve("classes.txt");
    Files.write(names, new byte[] {'c', 'a', (byte) 0xe9, '\n', 'd', 'o', 'g'});
    refused(
        pictures,
        "Cannot read pictures from %s: the class names in " + names + " are not UTF-8 text");
  }

  @Test
  void list_onNamesThatAreAFolder_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    assertThatThrownBy(() -> list(listed(pictures, folder)))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot read pictures from %s: the file of class names %s is a folder (expected: one"
                + " name per line)",
            pictures, folder);
  }

  @Test
  void list_onClassFoldersWithColons_readsThem() throws IOException {
    Pictures.fill(folder.resolve("colons/c:cat"), 3, 0);
    Pictures.fill(folder.resolve("colons/c:dog"), 3, 10);
    ImageFolder source = ImageFolder.of(folder.resolve("colons").toString());
    PictureListing listing = list(source);
    assertThat(listing.classNames()).containsExactly("c:cat", "c:dog");
    assertThat(read(source, listing))
        .containsExactly(
            Pictures.png(0),
            Pictures.png(1),
            Pictures.png(2),
            Pictures.png(10),
            Pictures.png(11),
            Pictures.png(12));
  }

  private static List<byte[]> read(ImageFolder source, PictureListing listing) throws IOException {
    List<byte[]> read = new ArrayList<>();
    for (ListedPicture picture : listing.pictures()) {
      read.add(new FolderReading(source, new TreeMap<>()).read(picture));
    }
    return read;
  }

  private static ImageFolder listed(Path pictures, Path names) {
    return new ImageFolder(
        pictures.toString(),
        new ImageFolder.ClassNames.Listed(names.toString()),
        AllowedRoots.NAMED);
  }

  private static PictureListing list(ImageFolder source) throws IOException {
    return source.list(CONFIGURATION);
  }

  private static void refused(Path source, String message) {
    assertThatThrownBy(() -> list(ImageFolder.of(source.toString())))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(message.formatted(source));
  }
}
