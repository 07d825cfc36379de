package dev.braid.vlm.clip.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Checks the ids of a tokenizer.json against the rows of the token embedding. */
final class TokenizerIds {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private TokenizerIds() {}

  /**
   * Refuses a tokenizer with a token that has no row; reads the file without holding it in memory.
   */
  static void check(byte[] tokenizerJson, int vocabularySize) {
    try (JsonParser json = FACTORY.createParser(tokenizerJson)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_INT && isId(json.getParsingContext())) {
          check(json, vocabularySize);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read tokenizer.json: it is not JSON", e);
    }
  }

  private static void check(JsonParser json, int vocabularySize) throws IOException {
    double id = json.getDoubleValue(); // a whole number of any length
    if (id < 0 || id >= vocabularySize) {
      throw new IllegalArgumentException(
          "Invalid tokenizer.json: %s has the id %s (config.json has a vocab_size of %s)"
              .formatted(json.getParsingContext().pathAsPointer(), json.getText(), vocabularySize));
    }
  }

  /** Whether this is a value of /model/vocab, or the id of an element of /added_tokens. */
  private static boolean isId(JsonStreamContext context) {
    return context.inObject()
        && (isAt(context.getParent(), "vocab", "model")
            || ("id".equals(context.getCurrentName())
                && context.getParent().inArray()
                && isAt(context.getParent().getParent(), "added_tokens")));
  }

  private static boolean isAt(JsonStreamContext context, String... names) {
    JsonStreamContext at = context;
    for (String name : names) {
      if (!at.inObject() || !name.equals(at.getCurrentName())) {
        return false;
      }
      at = at.getParent();
    }
    return at.inRoot();
  }
}
