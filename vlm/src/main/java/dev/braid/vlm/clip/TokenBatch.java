package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encoded texts, truncated to the longest of them.
 *
 * <p>Tokens attend only to earlier tokens, and a text is read at its end token. Padding up to the
 * model's context therefore changes nothing and is not computed: prompts of 9 tokens cost 9/77.
 */
public final class TokenBatch {
  private final List<int[]> texts;
  private final int[] ends;
  private final int length;

  private TokenBatch(List<int[]> texts, int[] ends) {
    Check.argument(!texts.isEmpty(), "Cannot encode texts: none given");
    this.texts = List.copyOf(texts);
    this.ends = ends.clone();
    this.length = IntStream.of(ends).max().orElse(0) + 1;
  }

  /** Encoded texts, each with the position of its end token. */
  public static TokenBatch of(List<int[]> texts, int[] ends) {
    return new TokenBatch(texts, ends);
  }

  /** Encodes texts with the model's tokenizer. */
  public static TokenBatch of(ClipTokenizer tokenizer, List<String> texts) {
    List<int[]> ids = texts.stream().map(tokenizer::encode).toList();
    return of(ids, ids.stream().mapToInt(tokenizer::endPosition).toArray());
  }

  /** The distinct ids, in ascending order. */
  public int[] distinctIds() {
    return texts.stream()
        .flatMapToInt(ids -> Arrays.stream(ids, 0, length))
        .sorted()
        .distinct()
        .toArray();
  }

  /** The number of texts. */
  public int size() {
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
