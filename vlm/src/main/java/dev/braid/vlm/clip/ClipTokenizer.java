package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.TextConfig;
import dev.braid.vlm.text.Tokenizer;
import java.util.Arrays;

/**
 * Encodes texts as token ids of the model's context length: start, tokens, end, padding.
 *
 * <p>A text that is too long loses its last tokens, never its end token. Safe for use by many
 * threads at once.
 */
public final class ClipTokenizer implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final TextConfig config;
  private final int endToken;
  private final int padToken;

  private ClipTokenizer(Tokenizer tokenizer, TextConfig config) {
    this.tokenizer = tokenizer;
    this.config = config;
    boolean isTold = config.endToken() == TextConfig.TOLD_BY_TOKENIZER;
    this.endToken = isTold ? lastOfEmptyText() : config.endToken();
    this.padToken = isTold ? endToken : config.padToken();
  }

  private int lastOfEmptyText() {
    int[] empty = tokens("");
    return empty.length == 0 ? config.endToken() : empty[empty.length - 1];
  }

  /**
   * Opens a tokenizer.json; refuses one that does not end a text with the end token of the model.
   */
  public static ClipTokenizer of(byte[] tokenizerJson, ClipConfig config) {
    Tokenizer opened = Tokenizer.open(tokenizerJson);
    try {
      ClipTokenizer tokenizer = new ClipTokenizer(opened, config.text());
      tokenizer.checkEnd();
      return tokenizer;
    } catch (IllegalArgumentException e) {
      opened.close();
      throw e;
    }
  }

  private void checkEnd() {
    int[] empty = tokens("");
    Check.argument(
        empty.length >= 2 && empty[empty.length - 1] == endToken,
        "Invalid tokenizer.json: it encodes an empty text as %s (a start token, then the end token"
            + " %s of config.json)",
        Arrays.toString(empty),
        endToken);
  }

  /** The ids of a text, truncated or padded to the context length. */
  public int[] encode(String text) {
    int[] tokens = tokens(text);
    int[] ids = Arrays.copyOf(tokens, config.contextLength());
    if (tokens.length < ids.length) {
      Arrays.fill(ids, tokens.length, ids.length, padToken);
    } else {
      ids[ids.length - 1] = endToken;
    }
    return ids;
  }

  /** The position at which the text's feature is read: that of the first end token. */
  public int endPosition(int[] ids) {
    for (int position = 0; position < ids.length; position++) {
      if (ids[position] == endToken) {
        return position;
      }
    }
    throw new IllegalArgumentException(
        "Invalid ids: no end token %s among %s".formatted(endToken, ids.length));
  }

  /** All tokens of a text with start and end, neither truncated nor padded. */
  int[] tokens(String text) {
    long[] ids = tokenizer.ids(text);
    int[] tokens = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Check.argument(
          ids[i] >= 0 && ids[i] < config.vocabularySize(),
          "Cannot encode '%s': tokenizer.json gives token %s (config.json has a vocab_size of %s)",
          text,
          ids[i],
          config.vocabularySize());
      tokens[i] = (int) ids[i];
    }
    return tokens;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
