package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shape of one tower's transformer.
 *
 * @param width length of a token's vector (hidden_size)
 * @param mlpWidth length between the two linear layers of an MLP (intermediate_size)
 */
public record EncoderConfig(
    int width,
    int mlpWidth,
    int layers,
    int heads,
    Activation activation,
    double layerNormEpsilon) {
  private static final int MOST_LAYERS = 1024;

  public EncoderConfig {
    Check.argument(width > 0, "Invalid hidden_size: %s (a positive integer)", width);
    Check.argument(mlpWidth > 0, "Invalid intermediate_size: %s (a positive integer)", mlpWidth);
    Check.argument(
        layers > 0 && layers <= MOST_LAYERS,
        "Invalid num_hidden_layers: %s (1 to %s)",
        layers,
        MOST_LAYERS);
    Check.argument(heads > 0, "Invalid num_attention_heads: %s (a positive integer)", heads);
    Check.argument(
        width % heads == 0,
        "Invalid num_attention_heads: %s (must divide the hidden_size %s)",
        heads,
        width);
    Check.argument(
        layerNormEpsilon > 0 && layerNormEpsilon < 1,
        "Invalid layer_norm_eps: %s (between 0 and 1)",
        layerNormEpsilon);
  }

  /** The length of one head's part of a token's vector. */
  public int headWidth() {
    return width / heads;
  }

  /** The tensors of all blocks; their names begin with the name of the tower. */
  Stream<TensorSpec> tensors(String tower) {
    return IntStream.range(0, layers)
        .mapToObj(layer -> tower + ".encoder.layers." + layer)
        .flatMap(this::block);
  }

  private Stream<TensorSpec> block(String block) {
    return Stream.of(
            norm(block + ".layer_norm1", width),
            norm(block + ".layer_norm2", width),
            linear(block + ".self_attn.q_proj", width, width),
            linear(block + ".self_attn.k_proj", width, width),
            linear(block + ".self_attn.v_proj", width, width),
            linear(block + ".self_attn.out_proj", width, width),
            linear(block + ".mlp.fc1", mlpWidth, width),
            linear(block + ".mlp.fc2", width, mlpWidth))
        .flatMap(List::stream);
  }

  private static List<TensorSpec> linear(String name, int outputs, int inputs) {
    return List.of(
        TensorSpec.of(name + ".weight", outputs, inputs), TensorSpec.of(name + ".bias", outputs));
  }

  static List<TensorSpec> norm(String name, int width) {
    return List.of(TensorSpec.of(name + ".weight", width), TensorSpec.of(name + ".bias", width));
  }
}
