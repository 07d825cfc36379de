package dev.braid.vlm.image;

import java.io.IOException;

/**
 * Decodes images from their encoded bytes.
 *
 * <p>Braid itself parses the container: it knows the size before anything is unpacked, detects
 * truncated files, and drops data that no sample depends on (colour profiles, orientation, text).
 * The platform's codec unpacks the rest to raw samples. Braid itself converts colours, because
 * Pillow's rules differ from the platform's.
 */
final class ImageDecoder {
  /**
   * Images with more pixels are refused before memory is allocated: a small file can claim an image
   * that fills all memory. Pillow warns at {@code MAX_IMAGE_PIXELS}, which is a third more.
   */
  static final long MOST_PIXELS = 64L << 20;

  /** Images with a longer side are refused: resized, they would not fit into memory. */
  static final long LONGEST_SIDE = 1 << 20;

  private ImageDecoder() {}

  static RgbImage decode(byte[] encoded) throws UndecodableImageException {
    try {
      if (JpegFile.recognises(encoded)) {
        return JpegDecoder.decode(JpegFile.parse(encoded));
      }
      if (PngFile.recognises(encoded)) {
        return PngDecoder.decode(PngFile.parse(encoded));
      }
      if (GifDecoder.recognises(encoded)) {
        return GifDecoder.decode(encoded);
      }
      if (BmpDecoder.recognises(encoded)) {
        return BmpDecoder.decode(encoded);
      }
      if (TiffFile.recognises(encoded)) {
        return TiffDecoder.decode(TiffFile.parse(encoded));
      }
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // On damaged data, codecs throw any kind of exception.
      throw new UndecodableImageException("its data is damaged", e);
    }
    throw new UndecodableImageException(UnreadFormat.of(encoded));
  }

  /** Refuses a size that the file cannot hold, before memory is allocated for it. */
  static void checkHeld(long width, long height, long needed, long held)
      throws UndecodableImageException {
    if (needed > held) {
      throw new UndecodableImageException(
          "it says it is %s x %s, but its data are too few for that".formatted(width, height));
    }
  }

  static void checkSize(long width, long height) throws UndecodableImageException {
    if (width <= 0 || height <= 0) {
      throw new UndecodableImageException("it says it is %s x %s".formatted(width, height));
    }
    if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
      throw new UndecodableImageException(
          "it says it is %s x %s (at most %s a side)".formatted(width, height, LONGEST_SIDE));
    }
    if (width * height > MOST_PIXELS) {
      throw new UndecodableImageException(
          "it says it is %s x %s (at most %s pixels)".formatted(width, height, MOST_PIXELS));
    }
  }
}
