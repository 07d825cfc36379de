package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The last field of a file that is not named by its digest: the SHA-256 of everything before it.
 *
 * <p>It replaces the closing brace of the file's JSON object.
 */
public final class Seal {
  private static final String TEXT = ",\"sha-256\":\"%s\"}";
  private static final Pattern FORM = Pattern.compile(TEXT.formatted("[0-9a-f]{64}"));
  private static final int LENGTH = TEXT.length() - "%s".length() + 64;

  private Seal() {}

  /** The object with its seal. */
  public static byte[] set(byte[] json) {
    byte[] open = Arrays.copyOf(json, json.length - 1);
    byte[] seal = TEXT.formatted(Digest.of(open)).getBytes(UTF_8);
    byte[] sealed = Arrays.copyOf(open, open.length + seal.length);
    System.arraycopy(seal, 0, sealed, open.length, seal.length);
    return sealed;
  }

  /**
   * The object without its seal.
   *
   * @param file the file that is read, for messages
   * @throws StoreFormatException if the seal is broken, or there is none
   */
  public static byte[] open(byte[] sealed, String file) {
    byte[] open = Arrays.copyOf(sealed, Math.max(0, sealed.length - LENGTH));
    if (!tail(sealed).equals(TEXT.formatted(Digest.of(open)))) {
      throw new StoreFormatException(
          "Cannot read %s: it does not end with the SHA-256 of its content ('braid fsck' reports what that affects)"
              .formatted(file));
    }
    byte[] json = Arrays.copyOf(open, open.length + 1);
    json[open.length] = '}';
    return json;
  }

  /**
   * The object without its seal; a file from before seals existed is returned unchanged.
   *
   * <p>No single flipped bit makes a sealed file look unsealed: the rest of its seal is an unknown
   * field, or not JSON.
   *
   * @param file the file that is read, for messages
   * @throws StoreFormatException if the seal is broken
   */
  public static byte[] liftIfSet(byte[] json, String file) {
    return FORM.matcher(tail(json)).matches() ? open(json, file) : json;
  }

  /** True if there is a seal, and it does not match what precedes it. */
  public static boolean isBroken(byte[] json) {
    if (!FORM.matcher(tail(json)).matches()) {
      return false;
    }
    byte[] open = Arrays.copyOf(json, json.length - LENGTH);
    return !tail(json).equals(TEXT.formatted(Digest.of(open)));
  }

  private static String tail(byte[] json) {
    int start = Math.max(0, json.length - LENGTH);
    return new String(json, start, json.length - start, UTF_8);
  }
}
