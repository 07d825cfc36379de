package dev.braid.vlm;

import dev.braid.model.Check;
import dev.braid.vlm.checkpoint.TextConfig;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encoded texts, cut to the longest of them.
 *
 * <p>Tokens see only what comes before them and a text is read at its end token, so what pads it to
 * the model's context changes nothing and is not computed: prompts of 9 tokens cost 9/77.
 */
public final class TokenBatch {
  private final List<int[]> texts;
  private final int[] ends;
  private final int length;

  private TokenBatch(List<int[]> texts, int[] ends) {
    this.texts = texts;
    this.ends = ends;
    this.length = IntStream.of(ends).max().orElse(0) + 1;
  }

  /** These texts as the tokenizer encoded them. */
  public static TokenBatch of(TextConfig config, List<int[]> texts) {
    Check.argument(!texts.isEmpty(), "Cannot encode texts: none given");
    int[] ends = texts.stream().mapToInt(ids -> end(config, ids)).toArray();
    return new TokenBatch(List.copyOf(texts), ends);
  }

  private static int end(TextConfig config, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == config.endToken()) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Cannot encode a text: no end token %s among its %s tokens"
            .formatted(config.endToken(), ids.length));
  }

  /** The ids that occur, in ascending order. */
  public int[] distinctIds() {
    return texts.stream()
        .flatMapToInt(ids -> Arrays.stream(ids, 0, length))
        .sorted()
        .distinct()
        .toArray();
  }

  int size() {
    return texts.size();
  }

  int length() {
    return length;
  }

  int[] ends() {
    return ends.clone();
  }

  Tensor ids(Scope scope) {
    long[] flat = new long[texts.size() * length];
    for (int i = 0; i < texts.size(); i++) {
      for (int t = 0; t < length; t++) {
        flat[i * length + t] = texts.get(i)[t];
      }
    }
    return scope.indices(flat, texts.size(), length);
  }
}
