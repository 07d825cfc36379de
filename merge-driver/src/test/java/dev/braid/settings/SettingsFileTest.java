package dev.braid.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("site.conf"), "braid.train.steps = 7");
  }

  @Test
  void find_ofAFileThatSparkShips_readsItWhereSparkHasIt() {
    // A driver in standalone cluster mode: neither its working directory nor the path has it.
    Map<String, String> shipped =
        Map.of("spark.files", "hdfs://host/other.conf,file://" + file.toAbsolutePath());

    assertThat(steps("site.conf", shipped)).isEqualTo(7);
    assertThat(steps("/submitted/from/site.conf", shipped)).isEqualTo(7);
    assertThat(steps("night.conf", Map.of("spark.files", "file:" + file + "#night.conf")))
        .isEqualTo(7);
  }

  @Test
  void find_ofAHadoopPath_readsIt() {
    // A file system that only Hadoop's settings name.
    String scheme = "elsewhere://x";
    Map<String, String> spark =
        Map.of(
            "spark.hadoop.fs.elsewhere.impl", "dev.braid.settings.ElsewhereFileSystem",
            "spark.hadoop.fs.elsewhere.impl.disable.cache", "true");

    assertThat(steps(scheme + file, spark)).isEqualTo(7);
    assertThat(steps("file://" + file, Map.of())).isEqualTo(7);
    assertThatThrownBy(() -> steps(scheme + folder + "/no.conf", spark))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no.conf: it does not exist or may not be read");
  }

  @Test
  void find_ofALocalFile_prefersItToAShippedOne() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("site.conf");
    Files.writeString(other, "braid.train.steps = 8");

    assertThat(steps(other.toString(), Map.of("spark.files", "file:" + file))).isEqualTo(8);
  }

  @Test
  void find_ofAMissingFile_saysSo() {
    assertThatThrownBy(() -> steps("no.conf", Map.of("spark.files", "file:" + file)))
        .isInstanceOf(SettingsException.class)
        .hasMessage("Cannot read the settings file no.conf: it does not exist or may not be read");
  }

  private static int steps(String named, Map<String, String> spark) {
    SettingsFile found = SettingsFile.find(named, spark);
    return SettingsLoader.load(List.of(), Optional.of(found), Map.of())
        .config()
        .getInt("train.steps");
  }
}
