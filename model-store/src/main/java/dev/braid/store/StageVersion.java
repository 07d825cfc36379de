package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.model.record.Receipt;
import dev.braid.store.json.JsonObject;

/**
 * A stage whose results are memoised, with the number that its receipts' inputs begin with.
 *
 * @param name of the folder with its receipts
 * @param number raised whenever the same inputs give other outputs than before, so that older
 *     receipts are no longer found
 */
public record StageVersion(String name, int number) {
  private static final String NUMBER = "stage";

  public StageVersion {
    Receipt.checkStage(name);
    Check.argument(number > 0, "Invalid number of stage %s: %s (at least 1)", name, number);
  }

  /** An object with the number; a stage adds its inputs and takes the digest. */
  public JsonObject inputs() {
    return new JsonObject().with(NUMBER, number);
  }

  /** The name and the number, for inputs that are a text. */
  @Override
  public String toString() {
    return name + " " + number;
  }
}
