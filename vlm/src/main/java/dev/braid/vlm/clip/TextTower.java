package dev.braid.vlm.clip;

import dev.braid.vlm.clip.checkpoint.TextConfig;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.stream.LongStream;

/** Encodes texts: sends tokens through a causal transformer and reads the end token. */
final class TextTower {
  private static final String EMBEDDINGS = "text_model.embeddings";

  private final TextConfig config;
  private final Transformer transformer;
  private final Attention.Kernel attention;

  TextTower(TextConfig config, Attention.Kernel attention) {
    this.config = config;
    this.attention = attention;
    this.transformer = new Transformer(config.encoder(), "text_model");
  }

  /** The unit vectors [n, projection]. */
  Tensor encode(Scope scope, Parameters parameters, TokenBatch texts) {
    int length = texts.length();
    int[] ends = texts.ends();
    Tensor read =
        transformer.forward(
            scope,
            parameters,
            embed(scope, parameters, texts),
            attention.causal(scope, length),
            Readout.at(scope, ends, length),
            attention.upTo(scope, ends, length));
    double epsilon = config.encoder().layerNormEpsilon();
    Tensor normed = parameters.layerNorm(read, "text_model.final_layer_norm", epsilon);
    return parameters.project(normed, "text_projection").unit();
  }

  private Tensor embed(Scope scope, Parameters parameters, TokenBatch texts) {
    int length = texts.length();
    Tensor order = scope.indices(LongStream.range(0, length).toArray(), length);
    Tensor tokens = parameters.get(EMBEDDINGS + ".token_embedding.weight").rows(texts.ids(scope));
    return tokens.plus(parameters.get(EMBEDDINGS + ".position_embedding.weight").rows(order));
  }
}
