package dev.braid.settings;

import com.typesafe.config.Config;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.PamSettings;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.Optional;

/** Reads the group {@code braid.line}. */
final class LineGroup {
  static final String NAME = "line";

  private LineGroup() {}

  /** The properties of a line that begins now. */
  static FixedLineSettings read(Config line) {
    String strategy = line.getString("strategy");
    if (strategy.equals(ModelRecord.PAM)) {
      return FixedLineSettings.pam(lora(line), pam(line.getConfig("pam")));
    }
    return new FixedLineSettings(
        strategy,
        lora(line),
        MergeState.of(line.getString("truth")),
        RescalerKind.of(line.getString("rescaler")));
  }

  private static PamSettings pam(Config pam) {
    return new PamSettings(
        pam.getDouble("share"),
        pam.getInt("every"),
        Reset.of(pam.getString("reset")),
        (float) pam.getDouble("weight"));
  }

  private static Optional<FixedLineSettings.Lora> lora(Config line) {
    String train = line.getString("train");
    return switch (train) {
      case FixedLineSettings.FULL -> Optional.empty();
      case FixedLineSettings.LORA ->
          Optional.of(
              FixedLineSettings.Lora.of(
                  line.getString("lora-targets"),
                  line.getInt("lora-rank"),
                  line.getLong("lora-seed")));
      default ->
          throw new IllegalArgumentException(
              "Invalid kind of training: %s (full or lora)".formatted(train));
    };
  }
}
