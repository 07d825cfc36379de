package dev.braid.model;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 as 64 lower-case hexadecimal digits: the name of everything that is stored. */
public record Digest(String hex) implements Comparable<Digest>, Serializable {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final int FLOAT_BUFFER = 1 << 16;

  public Digest {
    Check.argument(
        FORM.matcher(hex).matches(), "Invalid digest: %s (64 lower-case hex digits)", hex);
  }

  /** The digest of the bytes. */
  public static Digest of(byte[] bytes) {
    return finish(sha256(), bytes);
  }

  /** The digest of the text's UTF-8 bytes. */
  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of the values as little-endian float32. */
  public static Digest of(float... values) {
    MessageDigest hasher = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(FLOAT_BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    int capacity = FLOAT_BUFFER / Float.BYTES; // a large tensor must not be in memory twice
    for (int from = 0; from < values.length; from += capacity) {
      int count = Math.min(capacity, values.length - from);
      bytes.clear().asFloatBuffer().put(values, from, count);
      hasher.update(bytes.limit(count * Float.BYTES));
    }
    return finish(hasher);
  }

  /** The digest of the bytes given to the hasher; the hasher is reset. */
  public static Digest finish(MessageDigest hasher) {
    return new Digest(HexFormat.of().formatHex(hasher.digest()));
  }

  private static Digest finish(MessageDigest hasher, byte[] bytes) {
    hasher.update(bytes);
    return finish(hasher);
  }

  /** A new SHA-256 hasher. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The first twelve digits, for people. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
