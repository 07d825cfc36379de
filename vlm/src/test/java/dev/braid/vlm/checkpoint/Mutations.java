package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** JSON damaged by accident or on purpose. */
public final class Mutations {
  private static final List<String> WORDS =
      List.of(
          "0",
          "-1",
          "8",
          "12",
          "1e3",
          "9223372036854775807",
          "9223372036854775808",
          "4294967296",
          "null",
          "true",
          "{}",
          "[]",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\"a\":",
          "\"dtype\"",
          "\"shape\":[],",
          "\"data_offsets\":[0,8],",
          "\"BF16\"",
          "\"I64\"",
          "\"F4\"",
          "\0",
          "ÿþ",
          "\\ud800",
          "\"__metadata__\":{\"k\":\"v\"},",
          "[".repeat(2000),
          "1".repeat(2000));

  private Mutations() {}

  /** The text with one to four places changed. */
  public static byte[] of(byte[] json, Random random) {
    byte[] mutated = json;
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutated = once(mutated, random);
    }
    return mutated;
  }

  /** The text with a byte or a word put in, or a part of it replaced, dropped, doubled or moved. */
  private static byte[] once(byte[] json, Random random) {
    int from = random.nextInt(json.length + 1);
    int to = Math.min(json.length, from + random.nextInt(40));
    byte[] part = Arrays.copyOfRange(json, from, to);
    byte[] before = Arrays.copyOf(json, from);
    byte[] behind = Arrays.copyOfRange(json, to, json.length);
    byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(ISO_8859_1);
    return switch (random.nextInt(6)) {
      case 0 -> concat(before, new byte[] {(byte) random.nextInt()}, part, behind);
      case 1 -> concat(before, word, part, behind);
      case 2 -> concat(before, word, behind);
      case 3 -> concat(before, behind);
      case 4 -> concat(before, part, part, behind);
      default -> concat(part, before, behind);
    };
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
