package dev.braid.store.file;

import dev.braid.model.Check;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Local paths whose names are UTF-8 on the disk, in a process of any locale.
 *
 * <p>Java encodes a path by the locale: under POSIX it cannot name {@code grün}, and a listing
 * shows the name as question marks. A path made from a URI, and the URI of a path, keep the bytes
 * of the disk.
 */
public final class LocalPath {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PLAIN = "/._-"; // beside letters and digits

  private LocalPath() {}

  /**
   * The path of this text; a relative one is relative to the working directory.
   *
   * @throws IllegalArgumentException if no file can have it
   */
  public static Path of(String path) {
    Check.argument(path.indexOf('\0') < 0, "Invalid path: %s (no NUL)", path.replace('\0', '?'));
    if (isAscii(path)) {
      return Path.of(path);
    }
    String whole = path.startsWith("/") ? path : workingDirectory() + "/" + path;
    StringBuilder uri = new StringBuilder("file://");
    for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        uri.append((char) b);
      } else {
        uri.append('%').append(HEX.toHexDigits(b));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static String workingDirectory() {
    return text(Path.of("").toAbsolutePath());
  }

  /** The whole path as text, in which bytes that are not UTF-8 are escaped. */
  public static String text(Path path) {
    String shown = path.toString();
    return isAscii(shown) ? shown : escaped(bytes(rawPath(path)));
  }

  /** The last name of a path; empty if its bytes are not UTF-8. */
  public static Optional<String> name(Path path) {
    String shown = String.valueOf(path.getFileName());
    if (isAscii(shown)) {
      return Optional.of(shown);
    }
    try {
      return Optional.of(decoded(nameBytes(path)));
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /** The last name of a path in ASCII: other bytes are escaped as in {@code b\xfcck}. */
  public static String escapedName(Path path) {
    return escaped(nameBytes(path));
  }

  private static String escaped(byte[] bytes) {
    try {
      return decoded(bytes);
    } catch (CharacterCodingException notText) {
      StringBuilder escaped = new StringBuilder();
      for (byte b : bytes) {
        escaped.append(
            b >= ' ' && b < 0x7f ? String.valueOf((char) b) : "\\x" + HEX.toHexDigits(b));
      }
      return escaped.toString();
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static byte[] nameBytes(Path path) {
    String raw = rawPath(path);
    return bytes(raw.substring(raw.lastIndexOf('/') + 1));
  }

  private static String rawPath(Path path) {
    String raw = path.toUri().getRawPath();
    boolean isFolder = raw.length() > 1 && raw.endsWith("/");
    return isFolder ? raw.substring(0, raw.length() - 1) : raw;
  }

  private static byte[] bytes(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PLAIN.indexOf(b) >= 0;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
