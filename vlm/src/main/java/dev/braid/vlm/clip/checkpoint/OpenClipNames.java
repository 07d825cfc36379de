package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the tensors of Hugging Face's CLIPModel to those of OpenCLIP.
 *
 * <p>OpenCLIP uses torch's MultiheadAttention, which stacks the projections of queries, keys and
 * values in one tensor. Its final projections multiply from the right, so they are transposed.
 */
final class OpenClipNames {
  private static final Pattern BLOCK =
      Pattern.compile("(text|vision)_model\\.encoder\\.layers\\.(\\d+)\\.(.+)\\.(weight|bias)");
  private static final String ATTENTION = "self_attn.";
  private static final List<String> STACKED = List.of("q_proj", "k_proj", "v_proj");
  private static final Map<String, String> OF_BLOCK =
      Map.of(
          "layer_norm1", "ln_1",
          "layer_norm2", "ln_2",
          "mlp.fc1", "mlp.c_fc",
          "mlp.fc2", "mlp.c_proj",
          "self_attn.out_proj", "attn.out_proj");
  private static final Map<String, String> OUTSIDE =
      Map.ofEntries(
          Map.entry(ClipConfig.LOGIT_SCALE, ClipConfig.LOGIT_SCALE),
          Map.entry("text_model.embeddings.token_embedding.weight", "token_embedding.weight"),
          Map.entry("text_model.embeddings.position_embedding.weight", "positional_embedding"),
          Map.entry("text_model.final_layer_norm.weight", "ln_final.weight"),
          Map.entry("text_model.final_layer_norm.bias", "ln_final.bias"),
          Map.entry("vision_model.embeddings.class_embedding", "visual.class_embedding"),
          Map.entry("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight"),
          Map.entry(
              "vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"),
          Map.entry("vision_model.pre_layrnorm.weight", "visual.ln_pre.weight"),
          Map.entry("vision_model.pre_layrnorm.bias", "visual.ln_pre.bias"),
          Map.entry("vision_model.post_layernorm.weight", "visual.ln_post.weight"),
          Map.entry("vision_model.post_layernorm.bias", "visual.ln_post.bias"));
  private static final Map<String, String> TRANSPOSED =
      Map.of(
          "text_projection.weight", "text_projection",
          "visual_projection.weight", "visual.proj");

  private OpenClipNames() {}

  static TensorSource source(TensorSpec tensor) {
    String transposed = TRANSPOSED.get(tensor.name());
    if (transposed != null) {
      return TensorSource.transposed(transposed, tensor);
    }
    String outside = OUTSIDE.get(tensor.name());
    return outside != null ? TensorSource.whole(outside, tensor) : ofBlock(tensor);
  }

  private static TensorSource ofBlock(TensorSpec tensor) {
    Matcher name = BLOCK.matcher(tensor.name());
    if (!name.matches()) {
      throw new IllegalArgumentException("Invalid tensor name: " + tensor.name());
    }
    String tower = name.group(1).equals("text") ? "" : "visual.";
    String block = "%stransformer.resblocks.%s.".formatted(tower, name.group(2));
    String layer = name.group(3);
    String kind = name.group(4);
    if (OF_BLOCK.containsKey(layer)) {
      return TensorSource.whole(block + OF_BLOCK.get(layer) + "." + kind, tensor);
    }
    int index = STACKED.indexOf(layer.substring(ATTENTION.length()));
    return TensorSource.third(block + "attn.in_proj_" + kind, tensor, index);
  }
}
