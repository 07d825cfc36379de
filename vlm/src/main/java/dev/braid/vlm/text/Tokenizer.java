package dev.braid.vlm.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Splits texts into the token ids of a tokenizer.json. Safe for use by many threads at once. */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  private Tokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Opens a tokenizer.json, whose settings for truncation and padding are ignored. */
  public static Tokenizer open(byte[] tokenizerJson) {
    try {
      return new Tokenizer(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(tokenizerJson),
              Map.of("truncation", "false", "padding", "false")));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot read tokenizer.json: the tokenizers library refuses it", e);
    }
  }

  /** All ids of a text including its special tokens, neither truncated nor padded. */
  public long[] ids(String text) {
    return tokenizer.encode(text).getIds();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
