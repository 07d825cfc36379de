package dev.braid.store.json;

import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import java.util.Map;
import java.util.TreeMap;

final class ReceiptParserTest extends SealedParserContract<Receipt> {
  @Override
  Receipt value() {
    return new Receipt(
        "train",
        ONE,
        new TreeMap<>(Map.of(Output.DELTA, TWO)),
        new TreeMap<>(Map.of("threads", "1", "host", "night-7")));
  }

  @Override
  String golden() {
    return """
           {"inputs":"1…","outputs":{"delta":"2…"},\
           "provenance":{"host":"night-7","threads":"1"},"stage":"train",\
           "sha-256":"eaced4890112d513e5ed2f08f619450841c4acd1a2976ddb6157aeacdb566547"}""";
  }

  @Override
  byte[] toJson(Receipt value) {
    return ReceiptParser.toJson(value);
  }

  @Override
  Receipt fromJson(byte[] json, String file) {
    return ReceiptParser.fromJson(json, file);
  }
}
