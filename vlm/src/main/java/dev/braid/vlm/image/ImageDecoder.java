package dev.braid.vlm.image;

import java.io.IOException;

/**
 * Encoded bytes to a picture.
 *
 * <p>The container is read by us: sizes are known before anything is unpacked, a file that ends too
 * early is noticed, and what no pixel depends on (colour profiles, orientation, text) is left out.
 * The platform's codec unpacks the rest to raw samples; colours are converted by us, because
 * Pillow's rules are not the platform's.
 */
final class ImageDecoder {
  /** More pixels are refused: a small file can claim a picture that fills all memory. */
  static final long MOST_PIXELS = 64L << 20;

  private ImageDecoder() {}

  static RgbImage decode(byte[] encoded) throws UndecodableImageException {
    try {
      if (JpegFile.recognises(encoded)) {
        return JpegDecoder.decode(JpegFile.parse(encoded));
      }
      if (PngFile.recognises(encoded)) {
        return PngDecoder.decode(PngFile.parse(encoded));
      }
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Codecs answer damaged data with whatever they stumble over.
      throw new UndecodableImageException("its data is damaged", e);
    }
    throw new UndecodableImageException(
        "it is neither PNG nor JPEG (%s bytes)".formatted(encoded.length));
  }

  static void checkSize(long width, long height) throws UndecodableImageException {
    if (width <= 0 || height <= 0) {
      throw new UndecodableImageException("it says it is %s x %s".formatted(width, height));
    }
    if (width * height > MOST_PIXELS) {
      throw new UndecodableImageException(
          "%s x %s pixels are more than %s".formatted(width, height, MOST_PIXELS));
    }
  }
}
