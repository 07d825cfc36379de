package dev.braid.store.json;

import dev.braid.model.TensorSpec;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.BaseRecord.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class BaseParserTest extends ParserContract<BaseRecord> {
  @Override
  BaseRecord value() {
    return new BaseRecord(
        List.of(
            new Tensor(TensorSpec.of("logit_scale"), ONE),
            new Tensor(TensorSpec.of("visual_projection.weight", 512, 768), TWO)),
        new TreeMap<>(Map.of("tokenizer.json", TWO, "config.json", ONE)));
  }

  @Override
  String golden() {
    return """
           {"files":{"config.json":"1…","tokenizer.json":"2…"},\
           "tensors":[{"name":"logit_scale","shape":[],"values":"1…"},\
           {"name":"visual_projection.weight","shape":[512,768],"values":"2…"}]}""";
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
