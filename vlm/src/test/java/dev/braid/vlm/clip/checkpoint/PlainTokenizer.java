package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oracle: CLIP's byte pair encoding as in the code of its paper, with our own vocabulary. */
final class PlainTokenizer {
  private static final Pattern WORDS =
      Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+");
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String LAST = "</w>";

  private final List<String> merges;
  private final Map<String, Integer> vocabulary = new HashMap<>();

  /** The vocabulary of all bytes, all final bytes and all results of merges. */
  PlainTokenizer(List<String> merges) {
    this.merges = merges;
    for (String last : List.of("", LAST)) {
      for (int each = 0; each < 256; each++) {
        vocabulary.put(letter(each) + last, vocabulary.size());
      }
    }
    for (String merge : merges) {
      vocabulary.put(merge.replace(" ", ""), vocabulary.size());
    }
    vocabulary.put("<|startoftext|>", vocabulary.size());
    vocabulary.put("<|endoftext|>", vocabulary.size());
  }

  Map<String, Integer> vocabulary() {
    return vocabulary;
  }

  /** A byte's own printable letter: itself, or for those that do not print one from U+0100 on. */
  private static String letter(int value) {
    int hidden = 0;
    for (int other = 0; other <= value; other++) {
      boolean prints = (other > 32 && other < 127) || (other > 160 && other != 173);
      if (other == value) {
        return Character.toString(prints ? value : 256 + hidden);
      }
      hidden += prints ? 0 : 1;
    }
    throw new AssertionError(value);
  }

  List<Integer> tokens(String text) {
    List<Integer> tokens = new ArrayList<>();
    tokens.add(vocabulary.get("<|startoftext|>"));
    Matcher words = WORDS.matcher(normalised(text));
    while (words.find()) {
      parts(words.group()).forEach(part -> tokens.add(vocabulary.get(part)));
    }
    tokens.add(vocabulary.get("<|endoftext|>"));
    return tokens;
  }

  private static String normalised(String text) {
    StringBuilder normalised = new StringBuilder();
    // One code point at a time, for Java's lower case of a whole word knows the final sigma.
    SPACES
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
        .replaceAll(" ")
        .codePoints()
        .forEach(each -> normalised.append(Character.toString(each).toLowerCase(Locale.ROOT)));
    return normalised.toString();
  }

  private List<String> parts(String word) {
    List<String> parts = new ArrayList<>();
    for (byte each : word.getBytes(UTF_8)) {
      parts.add(letter(each & 0xff));
    }
    parts.add(parts.remove(parts.size() - 1) + LAST);
    for (String merge : merges) {
      String[] pair = merge.split(" ", -1);
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i).equals(pair[0]) && parts.get(i + 1).equals(pair[1])) {
          parts.set(i, pair[0] + parts.remove(i + 1));
        }
      }
    }
    return parts;
  }
}
