package dev.braid.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.braid.store.file.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All files below a folder, and the faults of each when it is read. */
class LocalTreeTest {
  @TempDir Path folder;

  @Test
  void files_ofATree_areAllButThoseOfSystems() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createDirectories(folder.resolve("a/@eaDir"));
    Files.writeString(folder.resolve("a/b/1.png"), "one");
    Files.writeString(folder.resolve("a/@eaDir/2.png"), "two");
    Files.writeString(folder.resolve(".DS_Store"), "");
    Files.createSymbolicLink(folder.resolve("gone.png"), Path.of("none"));

    assertThat(LocalTree.files(folder.toString()))
        .extracting(FileEntry::name, FileEntry::bytes)
        .containsExactly(tuple("a/b/1.png", 3L), tuple("gone.png", 0L));
    assertThat(LocalTree.files(folder.resolve("a/b/1.png").toString()))
        .extracting(FileEntry::name)
        .containsExactly("");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void files_ofATreeWithACircle_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    assertThatThrownBy(() -> LocalTree.files(folder.toString()))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot read pictures from %s: the link a/up leads back to a folder above it", folder);
  }

  @Test
  void files_ofNoFolder_isRefused() {
    assertThatThrownBy(() -> LocalTree.files("/no/such"))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage("Cannot read pictures from /no/such: no such file or folder");
  }

  @ParameterizedTest
  @CsvSource({
    "none, no such file",
    "file/below, no such file",
    "loop, it is a link to nothing",
    ".., it is a folder",
    "https://example.org/x.png, nothing is read from the web",
    "/dev/zero, 'it is no regular file (a pipe, socket or device)'"
  })
  void read_ofWhatIsNoFile_saysSo(String path, String why) throws IOException {
    Files.writeString(folder.resolve("file"), "text");
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(
            () ->
                PictureFile.read(
                    path.startsWith("https") ? path : folder.resolve(path).toString(), Map.of()))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage("Cannot read the picture: " + why);
  }
}
