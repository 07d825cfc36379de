package dev.braid.store.json;

import dev.braid.model.BaseRecord;
import dev.braid.model.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class BaseParserTest extends ParserContract<BaseRecord> {
  @Override
  BaseRecord value() {
    return new BaseRecord(
        ONE,
        List.of(TensorSpec.of("logit_scale"), TensorSpec.of("visual_projection.weight", 512, 768)),
        new TreeMap<>(Map.of("tokenizer.json", TWO, "config.json", ONE)));
  }

  @Override
  String golden() {
    return """
        {"files":{"config.json":"1…","tokenizer.json":"2…"},\
        "tensors":[{"name":"logit_scale","shape":[]},\
        {"name":"visual_projection.weight","shape":[512,768]}],"weights":"1…"}""";
  }

  @Override
  byte[] toJson(BaseRecord value) {
    return BaseParser.toJson(value);
  }

  @Override
  BaseRecord fromJson(byte[] json, String file) {
    return BaseParser.fromJson(json, file);
  }
}
