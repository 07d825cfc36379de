package dev.braid.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedRootsTest {
  private static final Configuration CONFIGURATION = new Configuration(/* loadDefaults= */ false);

  @TempDir Path folder;
  private Path pictures;
  private Path elsewhere;

  @BeforeEach
  void createFolders() throws IOException {
    pictures = Files.createDirectories(folder.resolve("pictures"));
    elsewhere = Files.createDirectories(folder.resolve("pictures-elsewhere"));
    Files.writeString(pictures.resolve("inside.png"), "");
    Files.writeString(elsewhere.resolve("outside.png"), "");
  }

  @Test
  void checkInside_ofAFileInTheFolder_allowsIt() throws IOException {
    Files.createSymbolicLink(pictures.resolve("link.png"), pictures.resolve("inside.png"));
    Files.createSymbolicLink(folder.resolve("way"), pictures);

    allowed(AllowedRoots.NAMED, pictures, "inside.png");
    allowed(AllowedRoots.NAMED, pictures, "link.png");
    allowed(AllowedRoots.NAMED, folder.resolve("way"), "inside.png");
    allowed(AllowedRoots.NAMED, pictures, "absent.png");
  }

  @Test
  void checkInside_ofALinkOutOfTheFolder_refusesIt() throws IOException {
    Path link = pictures.resolve("link.png");
    Files.createSymbolicLink(link, elsewhere.resolve("outside.png"));
    Files.createSymbolicLink(pictures.resolve("linked"), elsewhere);

    refused(AllowedRoots.NAMED, pictures, "link.png");
    refused(AllowedRoots.NAMED, pictures, "linked/outside.png");
    refused(AllowedRoots.NAMED, pictures, "linked/absent.png");
    refused(AllowedRoots.NAMED, pictures, "../pictures-elsewhere/outside.png");
    allowed(roots(elsewhere), pictures, "link.png");
    assertThatThrownBy(() -> inside(AllowedRoots.NAMED, pictures, "link.png"))
        .hasMessage(
            "Cannot read %s: %s lies in none of the folders that may be read (%s);"
                    .formatted(link, elsewhere.toRealPath().resolve("outside.png"), pictures)
                + " braid.ingest.allowed-roots names them");
  }

  @Test
  void checkNamed_withRoots_allowsPathsInOne() throws IOException {
    Files.createSymbolicLink(pictures.resolve("linked"), elsewhere);

    assertThatCode(
            () -> {
              named(AllowedRoots.NAMED, elsewhere);
              named(roots(pictures), pictures);
              named(roots(pictures), pictures.resolve("inside.png"));
              named(roots(pictures, elsewhere), pictures.resolve("linked"));
              named(roots(Path.of("/")), pictures);
            })
        .doesNotThrowAnyException();
    for (Path out :
        List.of(
            elsewhere, folder, pictures.resolve("linked"), pictures.resolve("../pictures-else"))) {
      assertThatThrownBy(() -> named(roots(pictures), out))
          .as(out.toString())
          .isInstanceOf(RefusedDatasetException.class);
    }
  }

  @Test
  void check_ofAFileInARoot_doesNotAskForTheRootsBehindIt() {
    AllowedRoots roots = new AllowedRoots(List.of(pictures.toString(), "hdfs://localhost:1/"));

    allowed(roots, elsewhere, "../pictures/inside.png");
    assertThatCode(() -> named(roots, pictures)).doesNotThrowAnyException();
  }

  @Test
  void isLocal_ofAPathWithoutAScheme_isWhatHadoopsDefaultFileSystemIs() {
    Configuration cluster = new Configuration(/* loadDefaults= */ false);
    cluster.set("fs.defaultFS", "hdfs://name:8020");

    assertThat(SourceFiles.isLocal(path(Path.of("/pictures")), CONFIGURATION)).isTrue();
    assertThat(SourceFiles.isLocal(path(Path.of("/pictures")), cluster)).isFalse();
    assertThat(SourceFiles.isLocal(new org.apache.hadoop.fs.Path("file:/pictures"), cluster))
        .isTrue();
  }

  private static void allowed(AllowedRoots roots, Path task, String found) {
    assertThatCode(() -> inside(roots, task, found)).doesNotThrowAnyException();
  }

  private static void refused(AllowedRoots roots, Path task, String found) {
    assertThatThrownBy(() -> inside(roots, task, found))
        .isInstanceOf(RefusedDatasetException.class);
  }

  private static void inside(AllowedRoots roots, Path task, String found) {
    roots.checkInside(task.toString(), path(task.resolve(found)), CONFIGURATION);
  }

  private static void named(AllowedRoots roots, Path path) {
    roots.checkNamed(path(path), CONFIGURATION);
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }

  private static AllowedRoots roots(Path... roots) {
    return new AllowedRoots(List.of(roots).stream().map(Path::toString).toList());
  }
}
