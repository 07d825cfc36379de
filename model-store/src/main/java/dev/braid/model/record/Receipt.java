package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What a stage produced from its inputs; a later run with the same inputs uses it.
 *
 * @param stage name of the stage
 * @param inputs digest of everything that the outputs depend on
 * @param outputs digests of the objects that the stage produced
 * @param provenance how they were produced, for people
 */
public record Receipt(
    String stage,
    Digest inputs,
    SortedMap<Output, Digest> outputs,
    SortedMap<String, String> provenance) {
  private static final Pattern STAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public Receipt {
    checkStage(stage);
    outputs = Copies.of(outputs);
    provenance = Copies.of(provenance);
  }

  /**
   * The digest of an output.
   *
   * @throws IllegalArgumentException if the receipt does not name it
   */
  public Digest output(Output output) {
    Digest digest = outputs.get(output);
    if (digest == null) {
      throw new IllegalArgumentException(
          "Invalid receipt of stage %s: it names no %s (only %s)"
              .formatted(stage, output, outputs.keySet()));
    }
    return digest;
  }

  /** Refuses a text that cannot be the name of a stage. */
  public static void checkStage(String stage) {
    Check.argument(
        STAGE.matcher(stage).matches(),
        "Invalid stage name: %s (1 to 63 of a-z, 0-9 and '-', a letter or digit first)",
        stage);
  }
}
