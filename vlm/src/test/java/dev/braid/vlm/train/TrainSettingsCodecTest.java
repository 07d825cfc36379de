package dev.braid.vlm.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.vlm.tensor.Compute;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and the texts that stored records and digests depend on. */
class TrainSettingsCodecTest {
  private static final TrainSettings PLAIN =
      new TrainSettings(64, 1000, 100, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0.1, 7);

  private static final TrainSettings SPARING =
      new TrainSettings(
          64, 16, Compute.BFLOAT16, 1000, 100, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0.1, Long.MAX_VALUE);

  private static final Map<String, String> PLAIN_MAP =
      Map.of(
          "batch", "64",
          "steps", "1000",
          "warm-up", "100",
          "learning-rate", "1.0E-5",
          "label-smoothing", "0.2",
          "beta1", "0.9",
          "beta2", "0.999",
          "epsilon", "1.0E-8",
          "weight-decay", "0.1");

  @Test
  void toMap_ofPlainSettings_hasNeitherSeedNorDefaults() {
    assertThat(TrainSettingsCodec.toMap(PLAIN)).isEqualTo(PLAIN_MAP);
  }

  @Test
  void toMap_ofAMicroBatchInBfloat16_namesBoth() {
    assertThat(TrainSettingsCodec.toMap(SPARING))
        .containsAllEntriesOf(PLAIN_MAP)
        .containsEntry("micro-batch", "16")
        .containsEntry("compute", "bfloat16")
        .hasSize(PLAIN_MAP.size() + 2);
  }

  @Test
  void fromMap_ofWhatWasWritten_isTheSame() {
    assertThat(TrainSettingsCodec.fromMap(PLAIN_MAP, 7)).isEqualTo(PLAIN);
    assertThat(TrainSettingsCodec.fromMap(TrainSettingsCodec.toMap(SPARING), Long.MAX_VALUE))
        .isEqualTo(SPARING);
  }

  @Test
  void toJson_keepsTheTextThatDigestsOfTrainingsDependOn() {
    assertThat(new String(TrainSettingsCodec.toJson(PLAIN).bytes(), UTF_8))
        .isEqualTo(
            "{\"batch\":64,\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1e-8,\"label-smoothing\":0.2,"
                + "\"learning-rate\":0.00001,\"seed\":7,\"steps\":1000,\"warmup\":100,"
                + "\"weight-decay\":0.1}");
    assertThat(new String(TrainSettingsCodec.toJson(SPARING).bytes(), UTF_8))
        .contains("\"compute\":\"bfloat16\"", "\"micro-batch\":16", "\"seed\":9223372036854775807");
  }
}
