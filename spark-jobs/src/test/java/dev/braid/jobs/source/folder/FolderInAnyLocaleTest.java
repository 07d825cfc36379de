package dev.braid.jobs.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is the same in a process whose locale cannot express its names, as under cron. */
class FolderInAnyLocaleTest {
  @TempDir Path folder;

  @Test
  void list_underPosix_listsAndReadsAllAsUnderUtf8() throws Exception {
    Path pictures = folder.resolve("bilder-ä");
    for (String name : List.of("rot", "grün", "🔴", "caf\u00e9")) {
      Pictures.fill(pictures.resolve(name), 1, name.hashCode());
      Files.write(pictures.resolve(name).resolve("é1.png"), Pictures.png(name.hashCode() + 1));
    }
    Files.writeString(folder.resolve("namen-ü.txt"), "grün\nrot\n🔴\ncafé\n");

    List<String> lines = listing("C.UTF-8", pictures.toString());
    assertThat(lines).hasSize(9).first().isEqualTo("ASCII false [grün, rot, 🔴, café]");
    assertThat(listing("POSIX", pictures.toString()))
        .containsExactlyElementsOf(with("ASCII true [grün, rot, 🔴, café]", lines));
  }

  private static List<String> with(String first, List<String> lines) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(0, first);
    return changed;
  }

  private List<String> listing(String locale, String pictures) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path task = Files.writeString(folder.resolve("task"), pictures + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Listing.class.getName(),
            task.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LC_ALL", locale);
    builder.redirectError(folder.resolve("errors").toFile());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
    return said.lines().toList();
  }

  /** Prints what a source holds. */
  static final class Listing {
    private Listing() {}

    /** Takes the file that names the folder: the arguments of a process are of its locale. */
    public static void main(String... arguments) throws IOException {
      String root = Files.readString(Path.of(arguments[0])).strip();
      Configuration configuration = new Configuration(/* loadDefaults= */ false);
      ImageFolder source =
          new ImageFolder(
              root,
              new ImageFolder.ClassNames.Listed(root + "/../namen-ü.txt"),
              new AllowedRoots(List.of(root + "/..")));
      PictureListing listing = source.list(configuration);
      boolean isAscii = System.getProperty("sun.jnu.encoding", "").startsWith("ANSI");
      StringBuilder text = new StringBuilder();
      text.append("ASCII ").append(isAscii).append(' ').append(listing.classNames()).append('\n');
      for (ListedPicture picture : listing.pictures()) {
        Digest digest = Digest.of(new FolderReading(source, new TreeMap<>()).read(picture));
        text.append(picture.label() + " " + picture.name() + " " + digest + "\n");
      }
      System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }
}
