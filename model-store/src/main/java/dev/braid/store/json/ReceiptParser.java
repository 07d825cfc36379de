package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The JSON of a receipt. */
public final class ReceiptParser {
  private static final String STAGE = "stage";
  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";
  private static final String PROVENANCE = "provenance";

  private ReceiptParser() {}

  /** The receipt's canonical JSON with its seal. */
  public static byte[] toJson(Receipt receipt) {
    Map<String, Digest> outputs =
        receipt.outputs().entrySet().stream()
            .collect(Collectors.toMap(output -> output.getKey().label(), Map.Entry::getValue));
    return Seal.set(
        new JsonObject()
            .with(STAGE, receipt.stage())
            .with(INPUTS, receipt.inputs())
            .with(OUTPUTS, outputs)
            .with(PROVENANCE, receipt.provenance())
            .bytes());
  }

  /**
   * The receipt of a JSON text.
   *
   * @throws NewerReleaseException if it names an output that this release does not know: then
   *     nobody knows what that object names
   */
  public static Receipt fromJson(byte[] json, String file) {
    return JsonFields.read(Seal.liftIfSet(json, file), file, fields -> receipt(fields, file));
  }

  private static Receipt receipt(JsonFields fields, String file) {
    return new Receipt(
        fields.string(STAGE),
        fields.digest(INPUTS),
        outputs(fields.digestMap(OUTPUTS), file),
        fields.stringMap(PROVENANCE));
  }

  private static SortedMap<Output, Digest> outputs(SortedMap<String, Digest> named, String file) {
    SortedMap<Output, Digest> outputs = new TreeMap<>();
    named.forEach((label, digest) -> outputs.put(output(label, file), digest));
    return outputs;
  }

  private static Output output(String label, String file) {
    return Output.find(label)
        .orElseThrow(
            () ->
                new NewerReleaseException(
                    "Cannot read %s: its output '%s' is unknown, so it was written by a newer release of Braid; use that release"
                        .formatted(file, label)));
  }
}
