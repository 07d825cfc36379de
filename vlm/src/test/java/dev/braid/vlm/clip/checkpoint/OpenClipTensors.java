package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A model with one text block and two image blocks under the names of OpenCLIP's modules. */
final class OpenClipTensors {
  private final Map<String, NamedTensor> model;
  private final Map<String, NamedTensor> stored = new LinkedHashMap<>();

  private OpenClipTensors(List<NamedTensor> model) {
    this.model = model.stream().collect(Collectors.toMap(t -> t.spec().name(), t -> t));
  }

  static Map<String, NamedTensor> of(List<NamedTensor> model) {
    OpenClipTensors tensors = new OpenClipTensors(model);
    tensors.put();
    return tensors.stored;
  }

  private void put() {
    put("logit_scale", model("logit_scale"));
    put("token_embedding.weight", model("text_model.embeddings.token_embedding.weight"));
    put("positional_embedding", model("text_model.embeddings.position_embedding.weight"));
    put("text_projection", transposed(model("text_projection.weight")));
    put("visual.proj", transposed(model("visual_projection.weight")));
    put("visual.class_embedding", model("vision_model.embeddings.class_embedding"));
    put("visual.conv1.weight", model("vision_model.embeddings.patch_embedding.weight"));
    put("visual.positional_embedding", model("vision_model.embeddings.position_embedding.weight"));
    for (String kind : List.of("weight", "bias")) {
      put("ln_final." + kind, model("text_model.final_layer_norm." + kind));
      put("visual.ln_pre." + kind, model("vision_model.pre_layrnorm." + kind));
      put("visual.ln_post." + kind, model("vision_model.post_layernorm." + kind));
      block("transformer.resblocks.0.", "text_model.encoder.layers.0.", kind);
      block("visual.transformer.resblocks.0.", "vision_model.encoder.layers.0.", kind);
      block("visual.transformer.resblocks.1.", "vision_model.encoder.layers.1.", kind);
    }
  }

  private void block(String block, String layer, String kind) {
    put(block + "ln_1." + kind, model(layer + "layer_norm1." + kind));
    put(block + "ln_2." + kind, model(layer + "layer_norm2." + kind));
    put(block + "mlp.c_fc." + kind, model(layer + "mlp.fc1." + kind));
    put(block + "mlp.c_proj." + kind, model(layer + "mlp.fc2." + kind));
    put(block + "attn.out_proj." + kind, model(layer + "self_attn.out_proj." + kind));
    put(
        block + "attn.in_proj_" + kind,
        stacked(
            model(layer + "self_attn.q_proj." + kind),
            model(layer + "self_attn.k_proj." + kind),
            model(layer + "self_attn.v_proj." + kind)));
  }

  private NamedTensor model(String name) {
    return Objects.requireNonNull(model.get(name), name);
  }

  private void put(String name, NamedTensor tensor) {
    TensorSpec spec = new TensorSpec(name, tensor.spec().shape());
    stored.put(name, new NamedTensor(spec, tensor.values()));
  }

  private static NamedTensor transposed(NamedTensor tensor) {
    int rows = tensor.spec().shape().get(0).intValue();
    int columns = tensor.spec().shape().get(1).intValue();
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[i % rows * columns + i / rows];
    }
    return new NamedTensor(TensorSpec.of("transposed", columns, rows), values);
  }

  private static NamedTensor stacked(NamedTensor... thirds) {
    int length = thirds[0].values().length;
    float[] values = new float[3 * length];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(thirds[i].values(), 0, values, i * length, length);
    }
    long[] sides = thirds[0].spec().shape().stream().mapToLong(Long::longValue).toArray();
    sides[0] *= 3;
    return new NamedTensor(TensorSpec.of("stacked", sides), values);
  }
}
