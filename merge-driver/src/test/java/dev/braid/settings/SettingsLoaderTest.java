package dev.braid.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.PamSettings;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.vlm.train.Alignment.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
  @TempDir Path folder;

  @Test
  void load_withoutSources_givesTheReference() {
    Config settings = load(List.of(), "");

    assertThat(settings.getInt("train.steps")).isEqualTo(1000);
    assertThat(settings.getString("line.truth")).isEqualTo("decoupled");
  }

  @Test
  void load_withEveryLayer_letsTheNearerOneWin() {
    Map<String, String> spark =
        Map.of(
            "spark.braid.train.steps", "1",
            "spark.braid.train.batch", "1",
            "spark.braid.train.seed", "1",
            "spark.executor.memory", "2g");
    String file = "braid.train { steps = 2, batch = 2 }";

    Config settings = SettingsLoader.load(List.of("train.steps=3"), written(file), spark).config();

    assertThat(settings.getInt("train.steps")).isEqualTo(3);
    assertThat(settings.getInt("train.batch")).isEqualTo(2);
    assertThat(settings.getInt("train.seed")).isEqualTo(1);
  }

  @Test
  void load_ofTheSameKeyTwice_takesTheLast() {
    Config settings = load(List.of("train.steps=3", "braid.train.steps=4"), "");

    assertThat(settings.getInt("train.steps")).isEqualTo(4);
  }

  @Test
  void load_ofAnUnknownKey_namesTheNearest() {
    assertThatThrownBy(() -> load(List.of("train.step=3"), ""))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "Unknown setting braid.train.step (--conf): the nearest known one is"
                + " braid.train.steps");
  }

  @Test
  void load_ofAnUnknownKeyInAFile_saysWhere() {
    assertThatThrownBy(() -> load(List.of(), "braid {\n gates.max-drop = 1\n}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Unknown setting braid.gates.max-drop")
        .hasMessageContaining("settings.conf: 2")
        .hasMessageContaining("braid.gate.max-drop");
  }

  @Test
  void load_ofAnUnknownKeyFromSpark_isRefused() {
    assertThatThrownBy(
            () -> SettingsLoader.load(List.of(), Optional.empty(), Map.of("spark.braid.x", "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("braid.x");
  }

  @Test
  void load_ofKeysInsideAMap_letsThemThrough() {
    Config settings =
        load(
            List.of("spark.executor.memory=3g"),
            "braid.store.options { \"fs.s3a.endpoint\" = \"http://here\" }");

    assertThat(settings.getObject("store.options").unwrapped())
        .containsEntry("fs.s3a.endpoint", "http://here");
    assertThat(settings.getObject("spark.options").unwrapped())
        .containsEntry("spark.executor.memory", "3g");
  }

  @ParameterizedTest
  @CsvSource({
    "ingest.exif=turn, 'Invalid setting in braid.ingest: Invalid exif: turn (apply or ignore)'",
    "ingest.max-unreadable=5, 'Invalid setting in braid.ingest: Invalid max-unreadable: 5.0 (0 to"
        + " below 1)'"
  })
  void checked_ofWrongRulesForPictures_saysWhatIsPossible(String setting, String sentence) {
    Settings settings = SettingsLoader.load(List.of(setting), written(""), Map.of());

    assertThatThrownBy(settings::checked)
        .isInstanceOf(SettingsException.class)
        .hasMessage(sentence);
  }

  @Test
  void load_ofAValueThatIsNoHocon_takesItAsText() {
    Config settings = load(List.of("spark.master=local-cluster[2,1,1024]"), "");

    assertThat(settings.getString("spark.master")).isEqualTo("local-cluster[2,1,1024]");
  }

  @Test
  void load_ofAnEnvironmentVariable_takesItsValue() {
    Config settings = load(List.of(), "braid.store.root = ${?PATH}\nbraid.line.name=${?NOT_SET_1}");

    assertThat(settings.getString("store.root")).isEqualTo(System.getenv("PATH"));
    assertThat(settings.getString("line.name")).isEqualTo("main");
  }

  @Test
  void load_ofADefaultBeforeAVariable_takesTheDefaultWhereThatIsNotSet() {
    String file =
        "braid.store.root = here\nbraid.store.root = ${?NOT_SET_1}\nbraid.line.truth = deltas";

    Settings settings = SettingsLoader.load(List.of(), written(file), Map.of());

    assertThat(settings.config().getString("store.root")).isEqualTo("here");
    assertThat(settings.lineSettings(Map.of("truth", "decoupled", "rescaler", "global")))
        .isEqualTo(
            new FixedLineSettings(
                "condu", Optional.empty(), MergeState.DELTAS, RescalerKind.GLOBAL));
  }

  @Test
  void lineSettings_ofPam_areTheLinesThenTheFilesThenTheDefaults() {
    Settings settings =
        SettingsLoader.load(
            List.of("line.pam.weight=0.25"),
            written("braid.line { strategy = pam, pam { reset = zero, weight = 1 } }"),
            Map.of());

    assertThat(settings.lineSettings(Map.of("pam.every", "7", "pam.reset", "global")))
        .isEqualTo(
            FixedLineSettings.pam(Optional.empty(), new PamSettings(0.5, 7, Reset.ZERO, 0.25f)));
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                        List.of("line.strategy=pam", "line.pam.weight=0"), written(""), Map.of())
                    .checked())
        .isInstanceOf(SettingsException.class)
        .hasMessage("Invalid setting in braid.line: Invalid weight: 0.0 (above 0 to 1)");
    assertThatThrownBy(
            () ->
                SettingsLoader.load(List.of("line.strategy=soup"), written(""), Map.of()).checked())
        .isInstanceOf(SettingsException.class)
        .hasMessage("Invalid setting in braid.line: Invalid strategy: soup (condu or pam)");
  }

  @Test
  void load_ofAMissingFile_saysSo() {
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                    List.of(), Optional.of(SettingsFile.local(Path.of("/no/such.conf"))), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("/no/such.conf");
  }

  @Test
  void load_ofAnAssignmentWithoutValue_saysWhatIsWanted() {
    assertThatThrownBy(() -> load(List.of("train.steps"), ""))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("key=value");
  }

  @Test
  void train_withNumbersThatDoNotExist_namesThoseThatDo() {
    Settings settings =
        SettingsLoader.load(List.of("train.compute=float16"), written(""), Map.of());

    assertThatThrownBy(settings::train)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "Invalid setting in braid.train: Invalid compute: float16 (float32 or bfloat16)");
  }

  private Config load(List<String> assignments, String file) {
    return SettingsLoader.load(assignments, written(file), Map.of()).config();
  }

  private Optional<SettingsFile> written(String text) {
    try {
      return Optional.of(
          SettingsFile.local(Files.writeString(folder.resolve("settings.conf"), text)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
