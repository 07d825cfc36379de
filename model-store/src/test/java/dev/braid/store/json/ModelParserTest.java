package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

final class ModelParserTest extends ParserContract<ModelRecord> {
  private static final List<TensorSpec> TENSORS = List.of(TensorSpec.of("a", 2, 3));

  private static ModelRecord model(ParameterKind kind, List<Float> lambda) {
    return new ModelRecord(
        new ParameterSpace(ONE, kind, TENSORS),
        "condu",
        MergeState.DECOUPLED,
        RescalerKind.PER_TENSOR,
        new TreeMap<>(Map.of(ModelRecord.UNIFIED, ONE, ModelRecord.LAST_FLIP, TWO)),
        List.of(
            new Learned(new TaskId("dtd"), ONE, 1, lambda),
            new Learned(new TaskId("mnist"), TWO, 3, List.of(1f))));
  }

  @Override
  ModelRecord value() {
    return model(new ParameterKind.Full(), List.of(0.8894737f, 1.6585366f));
  }

  @Override
  String golden() {
    return """
           {"base":"1…","rescaler":"per-tensor",\
           "space":{"kind":"full","tensors":[{"name":"a","shape":[2,3]}]},\
           "state":{"last-flip":"2…","u":"1…"},"strategy":"condu",\
           "tasks":[{"lambda":[0.8894737,1.6585366],"record":"1…","step":1,"task":"dtd"},\
           {"lambda":[1],"record":"2…","step":3,"task":"mnist"}],"truth":"decoupled"}""";
  }

  @Override
  byte[] toJson(ModelRecord value) {
    return ModelParser.toJson(value);
  }

  @Override
  ModelRecord fromJson(byte[] json, String file) {
    return ModelParser.fromJson(json, file);
  }

  @Test
  void toJson_ofOneModelForAll_hasItsSettingsAndNeitherTruthNorRescaler() {
    ModelRecord pam =
        ModelRecord.pam(
            new ParameterSpace(ONE, new ParameterKind.Full(), TENSORS),
            new TreeMap<>(Map.of("weight", "0.5")),
            new TreeMap<>(Map.of(ModelRecord.GLOBAL, TWO)),
            List.of(new Learned(new TaskId("dtd"), ONE, 1, List.of())));
    String json =
        """
        {"base":"%1$s","settings":{"weight":"0.5"},\
        "space":{"kind":"full","tensors":[{"name":"a","shape":[2,3]}]},\
        "state":{"global":"%2$s"},"strategy":"pam",\
        "tasks":[{"lambda":[],"record":"%1$s","step":1,"task":"dtd"}]}"""
            .formatted(ONE, TWO);

    assertThat(toJson(pam)).asString().isEqualTo(json);
    assertThat(fromJson(toJson(pam), "f")).isEqualTo(pam);
  }

  @Property(tries = 200)
  void fromJson_ofWritten_isTheSame(
      @ForAll List<@FloatRange(min = 0, max = Float.MAX_VALUE) Float> lambda,
      @ForAll @FloatRange(min = 0.01f, max = 1e9f) float scale) {
    ParameterKind adapter = new ParameterKind.Adapter(List.of("x", "y"), 64, scale, TWO);
    ModelRecord model = model(adapter, lambda);

    assertThat(fromJson(toJson(model), "f")).isEqualTo(model);
  }
}
