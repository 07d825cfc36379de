package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same faults of a real disk, in a JVM whose system speaks another language. A host without the
 * language's texts skips its case.
 */
class LanguageTest {
  @TempDir Path locales;

  @ParameterizedTest
  @CsvSource({
    "C, C, Not a directory",
    "de_DE, de, Ist kein Verzeichnis",
    "ja_JP, ja, ディレクトリではありません"
  })
  void faults_inEveryLanguage_areTakenAlike(String locale, String language, String notADirectory)
      throws Exception {
    assumeTrue(locale.equals("C") || isMade(locale, language), locale + " cannot be made here");

    assertThat(faults(locale))
        .containsExactly(
            "language " + notADirectory,
            "read error tried 4 times",
            "missing file tried 1 times",
            "folder as a file tried 1 times",
            "full disk tried 1 times",
            "below a file: FileNotFoundException");
  }

  /** Whether localedef could make the locale, and the C library has its messages. */
  private boolean isMade(String locale, String language) throws Exception {
    Path messages = Path.of("/usr/share/locale", language, "LC_MESSAGES", "libc.mo");
    if (!Files.exists(messages)) {
      return false;
    }
    String made = locales.resolve(locale + ".UTF-8").toString();
    try {
      new ProcessBuilder("localedef", "-f", "UTF-8", "-i", locale, made)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException missing) {
      return false;
    }
    return Files.isDirectory(Path.of(made));
  }

  private List<String> faults(String locale) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            DiskFaults.class.getName(),
            locales.toString());
    builder.environment().put("LOCPATH", locales.toString());
    builder.environment().put("LC_ALL", locale.equals("C") ? "C.UTF-8" : locale + ".UTF-8");
    builder.redirectError(locales.resolve("errors").toFile());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(locales.resolve("errors"))).isZero();
    return said.lines().toList();
  }
}
