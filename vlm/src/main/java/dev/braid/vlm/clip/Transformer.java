package dev.braid.vlm.clip;

import dev.braid.vlm.clip.checkpoint.EncoderConfig;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The blocks of attention and MLP, which both towers have. */
final class Transformer {
  /*
   * Only one token of a sequence is read out, and in the last block no token attends to another
   * token's result. That block therefore computes the query, output and MLP of the selected token
   * only, and the keys and values of all: the same feature and the same gradient for about 1/6 of
   * the work.
   *
   * Every block computes in its own scope. The engine itself holds what the gradient needs; the rest
   * is freed at the end of the block.
   */
  private final EncoderConfig config;
  private final String tower;

  Transformer(EncoderConfig config, String tower) {
    this.config = config;
    this.tower = tower;
  }

  /**
   * The vectors of the selected tokens, [sequences, width].
   *
   * @param x [sequences, length, width], in the given scope
   * @param attention of all blocks but the last
   * @param readAttention of the selected tokens, in the last block
   */
  Tensor forward(
      Scope scope,
      Parameters parameters,
      Tensor x,
      Attention attention,
      Readout readout,
      Attention readAttention) {
    Tensor hidden = x;
    int last = config.layers() - 1;
    for (int layer = 0; layer < last; layer++) {
      hidden = block(scope, new Block(parameters, layer, attention, all -> all), hidden);
    }
    hidden = block(scope, new Block(parameters, last, readAttention, readout::of), hidden);
    return hidden.reshape(-1, config.width());
  }

  private static Tensor block(Scope scope, Block block, Tensor x) {
    try (Scope inner = scope.child()) {
      return scope.keep(block.forward(x.in(inner)));
    }
  }

  /** One block; it computes only the tokens that `read` selects. */
  private final class Block {
    private final Parameters parameters;
    private final String name;
    private final Attention attention;
    private final UnaryOperator<Tensor> read;

    Block(Parameters parameters, int layer, Attention attention, UnaryOperator<Tensor> read) {
      this.parameters = parameters;
      this.name = tower + ".encoder.layers." + layer;
      this.attention = attention;
      this.read = read;
    }

    Tensor forward(Tensor x) {
      Tensor normed = layerNorm(x, ".layer_norm1");
      Tensor attended = read.apply(x).plus(attention(read.apply(normed), normed));
      return attended.plus(mlp(layerNorm(attended, ".layer_norm2")));
    }

    private Tensor attention(Tensor selected, Tensor all) {
      Tensor queries = heads(linear(selected, ".self_attn.q_proj"));
      Tensor keys = heads(linear(all, ".self_attn.k_proj"));
      Tensor values = heads(linear(all, ".self_attn.v_proj"));
      Tensor mixed = attention.mix(queries, keys, values).permute(0, 2, 1, 3);
      return linear(mixed.reshape(-1, selected.side(1), config.width()), ".self_attn.out_proj");
    }

    /** [sequences, length, width] as [sequences, heads, length, width of a head]. */
    private Tensor heads(Tensor x) {
      return x.reshape(-1, x.side(1), config.heads(), config.headWidth()).permute(0, 2, 1, 3);
    }

    private Tensor mlp(Tensor x) {
      return linear(activate(linear(x, ".mlp.fc1")), ".mlp.fc2");
    }

    private Tensor activate(Tensor x) {
      return switch (config.activation()) {
        case QUICK_GELU -> x.times(x.times(1.702f).sigmoid());
        case GELU -> x.gelu();
      };
    }

    private Tensor linear(Tensor x, String layer) {
      return parameters.linear(x, name + layer);
    }

    private Tensor layerNorm(Tensor x, String layer) {
      return parameters.layerNorm(x, name + layer, config.layerNormEpsilon());
    }
  }
}
