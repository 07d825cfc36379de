package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What a stage made of its inputs: who comes second uses it.
 *
 * @param stage name of the stage
 * @param inputs digest of all that the stage's outputs follow from
 * @param outputs digests of what it made, by name
 * @param provenance how it was made, for people
 */
public record Receipt(
    String stage,
    Digest inputs,
    SortedMap<String, Digest> outputs,
    SortedMap<String, String> provenance) {
  private static final Pattern STAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public Receipt {
    checkStage(stage);
    outputs = Copies.of(outputs);
    provenance = Copies.of(provenance);
  }

  /**
   * The digest of the output of this name.
   *
   * @throws IllegalArgumentException if the receipt names no such output
   */
  public Digest output(String name) {
    Digest output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "Invalid receipt of stage %s: it names no %s (only %s)"
              .formatted(stage, name, outputs.keySet()));
    }
    return output;
  }

  /** Refuses what cannot be a stage's name. */
  public static void checkStage(String stage) {
    Check.argument(
        STAGE.matcher(stage).matches(),
        "Invalid stage name: %s (1 to 63 of a-z, 0-9 and '-', a letter or digit first)",
        stage);
  }
}
