package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The language and the encoding that the launchers choose, on hosts with various locales. */
class LocaleTest {
  private static final Path SCRIPT = Path.of("../deploy/locale.sh");

  @TempDir Path host;

  @ParameterizedTest
  @ValueSource(strings = {"C.utf8", "C.UTF-8"})
  void locale_onAHostWithTheUtf8Locale_isThat(String spelling) throws Exception {
    assertThat(chosen(List.of("C", spelling, "POSIX"), Map.of("LANG", "de_DE.UTF-8")))
        .containsExactly("LANG=de_DE.UTF-8", "LC_ALL=C.UTF-8");
  }

  @Test
  void locale_onAHostWithoutIt_keepsTheEncodingOfItsUser() throws Exception {
    List<String> locales = List.of("C", "POSIX", "de_DE.utf8");

    assertThat(chosen(locales, Map.of("LANG", "de_DE.UTF-8")))
        .containsExactly("LANG=de_DE.UTF-8", "LC_MESSAGES=C");
    assertThat(chosen(locales, Map.of("LC_ALL", "de_DE.UTF-8", "LC_CTYPE", "C")))
        .containsExactly("LC_CTYPE=de_DE.UTF-8", "LC_MESSAGES=C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../braid", "../deploy/standalone/submit"})
  void launchers_takeTheScript(String launcher) throws IOException {
    assertThat(Path.of(launcher)).content().contains("/deploy/locale.sh\"");
  }

  @Test
  void cronExample_namesTheLocale() throws IOException {
    assertThat(Path.of("../deploy/standalone/braid.cron")).content().contains("\nLC_ALL=C.UTF-8\n");
  }

  /** The variables of the locale after the script, on a host with these locales. */
  private List<String> chosen(List<String> locales, Map<String, String> environment)
      throws Exception {
    Path program = host.resolve("locale");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' " + String.join(" ", locales) + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash", "-c", "set -euo pipefail; . \"$0\"; env", SCRIPT.toAbsolutePath().toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", host + ":" + System.getenv("PATH"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("L")).sorted().toList();
  }
}
