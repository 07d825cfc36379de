package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.TensorSpec;
import java.util.stream.Stream;

/**
 * The shape of the text tower.
 *
 * @param contextLength tokens of a text, including start and end (max_position_embeddings)
 * @param endToken id of the token at which the text's feature is read, or {@link
 *     #TOLD_BY_TOKENIZER}
 * @param padToken id that pads a text to the context length; no token up to the end attends to it
 */
public record TextConfig(
    EncoderConfig encoder, int vocabularySize, int contextLength, int endToken, int padToken) {
  /**
   * The {@code eos_token_id} of configurations from before 2023, whatever the end token is. It is
   * also the true id of some vocabularies, such as MetaCLIP 2's. The tokenizer tells which: its end
   * token ends and pads the texts.
   */
  public static final int TOLD_BY_TOKENIZER = 2;

  public TextConfig {
    Check.argument(
        contextLength >= 3,
        "Invalid max_position_embeddings: %s (at least 3: start, a token, end)",
        contextLength);
    checkToken("eos_token_id", endToken, vocabularySize);
    checkToken("pad_token_id", padToken, vocabularySize);
  }

  private static void checkToken(String key, int token, int vocabularySize) {
    Check.argument(
        token >= 0 && token < vocabularySize,
        "Invalid %s: %s (from 0 to below the vocab_size %s)",
        key,
        token,
        vocabularySize);
  }

  Stream<TensorSpec> tensors() {
    String embeddings = "text_model.embeddings";
    return Stream.of(
            Stream.of(
                TensorSpec.of(
                    embeddings + ".token_embedding.weight", vocabularySize, encoder.width()),
                TensorSpec.of(
                    embeddings + ".position_embedding.weight", contextLength, encoder.width())),
            encoder.tensors("text_model"),
            EncoderConfig.norm("text_model.final_layer_norm", encoder.width()).stream())
        .flatMap(tensors -> tensors);
  }
}
