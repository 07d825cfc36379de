package dev.braid.demo.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Byte pairs learned from texts, in the layout of CLIP's tokenizer.
 *
 * <p>Tokens are the 256 bytes, the 256 bytes at a word's end, one token per merge, then start and
 * end. As in GPT-2, a byte is represented by itself if it is a visible character, otherwise by a
 * character from 256 on.
 */
record Vocabulary(List<String> tokens, List<Pair> merges) {
  static final String START = "<|startoftext|>";
  static final String END = "<|endoftext|>";
  static final String WORD_END = "</w>";
  static final String WORD = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final Comparator<Map.Entry<Pair, Integer>> BY_COUNT_THEN_FIRST =
      Map.Entry.<Pair, Integer>comparingByValue()
          .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

  Vocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /** Two adjacent tokens that merge into one. */
  record Pair(String left, String right) implements Comparable<Pair> {
    String joined() {
      return left + right;
    }

    @Override
    public int compareTo(Pair other) {
      int byLeft = left.compareTo(other.left);
      return byLeft != 0 ? byLeft : right.compareTo(other.right);
    }
  }

  /**
   * Learns up to a number of merges: always the most frequent pair, the first in order on a tie.
   */
  static Vocabulary learn(Collection<String> texts, int most) {
    Map<List<String>, Integer> words = words(texts);
    List<Pair> merges = new ArrayList<>();
    while (merges.size() < most) {
      Map<Pair, Integer> pairs = pairs(words);
      if (pairs.isEmpty()) {
        break;
      }
      Pair best = Collections.max(pairs.entrySet(), BY_COUNT_THEN_FIRST).getKey();
      merges.add(best);
      words = merged(words, best);
    }
    return new Vocabulary(tokens(merges), merges);
  }

  /** The number of the last token, which ends every text. */
  int end() {
    return tokens.size() - 1;
  }

  private static List<String> tokens(List<Pair> merges) {
    List<String> bytes = bytes();
    List<String> tokens = new ArrayList<>(bytes);
    bytes.forEach(letter -> tokens.add(letter + WORD_END));
    merges.forEach(pair -> tokens.add(pair.joined()));
    tokens.add(START);
    tokens.add(END);
    return tokens;
  }

  /** The characters that represent the bytes, the visible ones first. */
  private static List<String> bytes() {
    List<String> visible =
        IntStream.range(0, 256).filter(Vocabulary::visible).mapToObj(Character::toString).toList();
    List<String> all = new ArrayList<>(visible);
    IntStream.range(256, 512 - visible.size()).mapToObj(Character::toString).forEach(all::add);
    return all;
  }

  private static boolean visible(int letter) {
    return (letter >= '!' && letter <= '~') || (letter >= 0xA1 && letter <= 0xAC) || letter >= 0xAE;
  }

  /** Every word as its letters, the last one marked, with its frequency. */
  private static Map<List<String>, Integer> words(Collection<String> texts) {
    Pattern pattern = Pattern.compile(WORD);
    Map<String, Integer> counts = new TreeMap<>();
    for (String text : texts) {
      if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
        throw new IllegalArgumentException("Cannot learn from '%s': not ASCII".formatted(text));
      }
      Matcher words = pattern.matcher(text.toLowerCase(Locale.ROOT));
      while (words.find()) {
        counts.merge(words.group(), 1, Integer::sum);
      }
    }
    Map<List<String>, Integer> letters = new LinkedHashMap<>();
    counts.forEach((word, count) -> letters.put(letters(word), count));
    return letters;
  }

  private static List<String> letters(String word) {
    List<String> letters = new ArrayList<>(word.chars().mapToObj(Character::toString).toList());
    letters.set(letters.size() - 1, letters.get(letters.size() - 1) + WORD_END);
    return letters;
  }

  private static Map<Pair, Integer> pairs(Map<List<String>, Integer> words) {
    Map<Pair, Integer> pairs = new TreeMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 1; i < word.size(); i++) {
            pairs.merge(new Pair(word.get(i - 1), word.get(i)), count, Integer::sum);
          }
        });
    return pairs;
  }

  private static Map<List<String>, Integer> merged(Map<List<String>, Integer> words, Pair pair) {
    Map<List<String>, Integer> merged = new LinkedHashMap<>();
    words.forEach((word, count) -> merged.put(merged(word, pair), count));
    return merged;
  }

  private static List<String> merged(List<String> word, Pair pair) {
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < word.size(); i++) {
      boolean here =
          i + 1 < word.size()
              && word.get(i).equals(pair.left)
              && word.get(i + 1).equals(pair.right);
      merged.add(here ? pair.joined() : word.get(i));
      if (here) {
        i++;
      }
    }
    return merged;
  }
}
