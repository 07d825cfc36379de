package dev.braid.store.json;

import dev.braid.model.record.Receipt;

/** The JSON of a receipt. */
public final class ReceiptParser {
  private static final String STAGE = "stage";
  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";
  private static final String PROVENANCE = "provenance";

  private ReceiptParser() {}

  /** The receipt's canonical JSON with its seal. */
  public static byte[] toJson(Receipt receipt) {
    return Seal.set(
        new JsonObject()
            .with(STAGE, receipt.stage())
            .with(INPUTS, receipt.inputs())
            .with(OUTPUTS, receipt.outputs())
            .with(PROVENANCE, receipt.provenance())
            .bytes());
  }

  /** The receipt of a JSON text. */
  public static Receipt fromJson(byte[] json, String file) {
    return JsonFields.read(Seal.liftIfSet(json, file), file, ReceiptParser::receipt);
  }

  private static Receipt receipt(JsonFields fields) {
    return new Receipt(
        fields.string(STAGE),
        fields.digest(INPUTS),
        fields.digestMap(OUTPUTS),
        fields.stringMap(PROVENANCE));
  }
}
