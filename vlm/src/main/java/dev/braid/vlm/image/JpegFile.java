package dev.braid.vlm.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The header of a JPEG, and the parts of the file that its samples depend on.
 *
 * @param colors the colour space of its components, by libjpeg's rules
 * @param essential the file without application data and comments
 */
@SuppressWarnings("ArrayRecordComponent") // lives only between container and codec
record JpegFile(int width, int height, Colors colors, byte[] essential) {
  enum Colors {
    GRAY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int ADOBE = 0xee;
  private static final int COMMENT = 0xfe;

  /** Images with more scans are refused: a small file could take very long to decode. */
  private static final int MOST_SCANS = 100;

  static boolean recognises(byte[] encoded) {
    return encoded.length > 2
        && (encoded[0] & 0xff) == 0xff
        && (encoded[1] & 0xff) == START
        && (encoded[2] & 0xff) == 0xff;
  }

  static JpegFile parse(byte[] encoded) throws UndecodableImageException {
    return new Scanner(encoded).scan();
  }

  /** Reads the segments of one file. */
  private static final class Scanner {
    private final byte[] bytes;
    private final ByteArrayOutputStream essential = new ByteArrayOutputStream();
    private int[] componentIds = {};
    private int width;
    private int height;
    private boolean isJfif;
    private int adobeTransform = -1;
    private int scans;

    Scanner(byte[] bytes) {
      this.bytes = bytes;
    }

    JpegFile scan() throws UndecodableImageException {
      int at = 0;
      while (marker(at) != END) {
        int end = segmentEnd(at);
        inspect(at, end);
        int next = nextMarker(end);
        if (!isApplicationData(marker(at))) {
          essential.write(bytes, at, next - at);
        }
        at = next;
      }
      essential.write(bytes, at, 2);
      if (scans == 0) {
        throw new UndecodableImageException("it is a JPEG without a picture");
      }
      return new JpegFile(width, height, colors(), essential.toByteArray());
    }

    /** The end of a segment's content; the start marker is a segment without content. */
    private int segmentEnd(int at) throws UndecodableImageException {
      if (marker(at) == START) {
        return at + 2;
      }
      int length = unsigned(at + 2) << 8 | unsigned(at + 3);
      if (length < 2) {
        throw new UndecodableImageException("its data is damaged at byte " + at);
      }
      requireBytes(at + 2 + length);
      return at + 2 + length;
    }

    private void inspect(int at, int end) throws UndecodableImageException {
      int marker = marker(at);
      int content = at + 4;
      int length = end - content;
      if (isFrame(marker)) {
        frame(content, length);
      } else if (marker == SCAN && ++scans > MOST_SCANS) {
        throw new UndecodableImageException("it has more than %s scans".formatted(MOST_SCANS));
      } else if (marker == 0xe0 && startsWith(content, length, "JFIF\0")) {
        isJfif = true;
      } else if (marker == ADOBE && length >= 12 && startsWith(content, length, "Adobe")) {
        adobeTransform = unsigned(content + 11);
      }
    }

    private void frame(int content, int length) throws UndecodableImageException {
      int components = length < 6 ? 0 : unsigned(content + 5);
      if (length != 6 + 3 * components || componentIds.length > 0) {
        throw new UndecodableImageException("its frame header is damaged");
      }
      height = unsigned(content + 1) << 8 | unsigned(content + 2);
      width = unsigned(content + 3) << 8 | unsigned(content + 4);
      ImageDecoder.checkSize(width, height);
      componentIds = new int[components];
      for (int i = 0; i < components; i++) {
        componentIds[i] = unsigned(content + 6 + 3 * i);
      }
    }

    private Colors colors() throws UndecodableImageException {
      return switch (componentIds.length) {
        case 1 -> Colors.GRAY;
        case 3 -> isRgb() ? Colors.RGB : Colors.YCC;
          // CMYK without Adobe's marker; libjpeg takes any transform but 0 for YCCK.
        case 4 -> adobeTransform > 0 ? Colors.YCCK : Colors.CMYK;
        default ->
            throw new UndecodableImageException(
                "it is a JPEG of %s components (1, 3 or 4)".formatted(componentIds.length));
      };
    }

    private boolean isRgb() {
      if (isJfif) {
        return false;
      }
      return adobeTransform >= 0
          ? adobeTransform == 0
          : Arrays.equals(componentIds, new int[] {'R', 'G', 'B'});
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean isApplicationData(int marker) {
      return (marker & 0xf0) == 0xe0 || marker == COMMENT;
    }

    /** The position of the next marker, after coded data or padding. */
    private int nextMarker(int from) throws UndecodableImageException {
      for (int at = from; at + 1 < bytes.length; at++) {
        if (unsigned(at) == 0xff && isOwnMarker(unsigned(at + 1))) {
          return at;
        }
      }
      throw truncated();
    }

    // 0 escapes a coded 255, and 255 is padding; 1 and the restart markers have no content.
    private static boolean isOwnMarker(int second) {
      return second > 1 && second != 0xff && (second < 0xd0 || second > 0xd7);
    }

    private int marker(int at) {
      return bytes[at + 1] & 0xff;
    }

    private boolean startsWith(int content, int length, String text) {
      for (int i = 0; i < text.length(); i++) {
        if (i >= length || bytes[content + i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private int unsigned(int at) throws UndecodableImageException {
      requireBytes(at + 1);
      return bytes[at] & 0xff;
    }

    private void requireBytes(int end) throws UndecodableImageException {
      if (end > bytes.length) {
        throw truncated();
      }
    }

    private UndecodableImageException truncated() {
      return new UndecodableImageException(
          "it is truncated (a JPEG of %s bytes without an end)".formatted(bytes.length));
    }
  }
}
