package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a camera was held: the side of a JPEG or PNG that is up, as its EXIF data or else its XMP
 * data say. As in Pillow's {@code exif_transpose}, damaged data say nothing.
 *
 * <p>Orientations are 1 (upright) to 8; 2 to 4 flip or turn by 180°, 5 to 8 swap width and height.
 */
public final class ExifOrientation {
  static final int UPRIGHT = 1;
  static final int LAST = 8;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String PNG_XMP = "XML:com.adobe.xmp\0";
  private static final Pattern XMP_TAG = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private ExifOrientation() {}

  /**
   * Where an image says its orientation.
   *
   * @param value what it says; any number
   * @param at the position of the number's byte that is not 0
   * @param upright that byte of an upright image
   */
  private record Found(long value, int at, byte upright) {}

  /** Whether the image is to be turned or flipped. */
  public static boolean isTurned(byte[] encoded) {
    return of(encoded) != UPRIGHT;
  }

  /** The orientation of an image, 1 to 8; upright if it says none. */
  static int of(byte[] encoded) {
    return found(encoded)
        .map(Found::value)
        .filter(value -> value > UPRIGHT && value <= LAST)
        .map(Long::intValue)
        .orElse(UPRIGHT);
  }

  /** The same image, as it is stored: a copy that says it is upright. */
  public static byte[] removed(byte[] encoded) {
    if (!isTurned(encoded)) {
      return encoded;
    }
    Found found = found(encoded).orElseThrow();
    byte[] upright = encoded.clone();
    upright[found.at()] = found.upright();
    return upright;
  }

  private static Optional<Found> found(byte[] encoded) {
    try {
      if (JpegFile.recognises(encoded)) {
        return new Scan(encoded).jpeg();
      }
      return PngFile.recognises(encoded) ? new Scan(encoded).png() : Optional.empty();
    } catch (IndexOutOfBoundsException damaged) { // the decoder says what is wrong
      return Optional.empty();
    }
  }

  /** Looks through one file. */
  private static final class Scan {
    private final byte[] bytes;
    private Optional<Found> exif = Optional.empty();
    private Optional<Found> xmp = Optional.empty();

    Scan(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The segments before the image's data. */
    Optional<Found> jpeg() {
      int at = 2;
      while (at + 4 <= bytes.length && unsigned(at + 1) != 0xda && unsigned(at + 1) != 0xd9) {
        if (unsigned(at) != 0xff) {
          break;
        }
        if (unsigned(at + 1) == 0xff) { // padding
          at++;
          continue;
        }
        int end = at + 2 + number(at + 2, 2, /* isLittle= */ false);
        if (unsigned(at + 1) == 0xe1 && end <= bytes.length) {
          inspect(at + 4, end, XMP);
        }
        at = end;
      }
      return exif.or(() -> xmp);
    }

    /** All chunks: the data may follow the image. */
    Optional<Found> png() {
      int at = 8;
      while (at + 12 <= bytes.length) {
        int length = number(at, 4, /* isLittle= */ false);
        if (length < 0 || length > bytes.length - at - 12) {
          break;
        }
        int end = at + 8 + length;
        if (starts(at + 4, end, "eXIf")) {
          exif = exif.or(() -> tiff(at(end - length, end), end));
        } else if (starts(at + 4, end, "iTXt")) {
          inspect(end - length, end, PNG_XMP);
        }
        at = end + 4;
      }
      return exif.or(() -> xmp);
    }

    private int at(int start, int end) {
      return starts(start, end, EXIF) ? start + EXIF.length() : start;
    }

    private void inspect(int start, int end, String xmpMark) {
      if (starts(start, end, EXIF)) {
        exif = exif.or(() -> tiff(start + EXIF.length(), end));
      } else if (starts(start, end, xmpMark)) {
        Matcher tag = XMP_TAG.matcher(new String(bytes, start, end - start, ISO_8859_1));
        if (tag.find()) {
          int digit = start + tag.start(1);
          xmp = xmp.or(() -> Optional.of(new Found(bytes[digit] - '0', digit, (byte) '1')));
        }
      }
    }

    /** The tag in the first directory of a TIFF header and its directories. */
    private Optional<Found> tiff(int start, int end) {
      boolean isLittle = starts(start, end, "II*\0");
      if (end - start < 10 || !(isLittle || starts(start, end, "MM\0*"))) {
        return Optional.empty();
      }
      long directory = start + Integer.toUnsignedLong(number(start + 4, 4, isLittle));
      if (directory > end - 2) {
        return Optional.empty();
      }
      int entries = number((int) directory, 2, isLittle);
      for (int i = 0; i < entries; i++) {
        int entry = (int) directory + 2 + 12 * i;
        if (entry > end - 12) {
          return Optional.empty();
        }
        if (number(entry, 2, isLittle) == TAG) {
          return value(entry, isLittle);
        }
      }
      return Optional.empty();
    }

    private Optional<Found> value(int entry, boolean isLittle) {
      int type = number(entry + 2, 2, isLittle);
      if (number(entry + 4, 4, isLittle) != 1 || (type != SHORT && type != LONG)) {
        return Optional.empty();
      }
      int length = type == SHORT ? 2 : 4;
      long value = Integer.toUnsignedLong(number(entry + 8, length, isLittle));
      return Optional.of(new Found(value, entry + 8 + (isLittle ? 0 : length - 1), (byte) 1));
    }

    private boolean starts(int start, int end, String text) {
      if (start < 0 || end - start < text.length()) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (bytes[start + i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private int number(int at, int length, boolean isLittle) {
      int number = 0;
      for (int i = 0; i < length; i++) {
        number = number << 8 | unsigned(isLittle ? at + length - 1 - i : at + i);
      }
      return number;
    }

    private int unsigned(int at) {
      return bytes[at] & 0xff;
    }
  }
}
