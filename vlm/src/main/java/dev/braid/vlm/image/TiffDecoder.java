package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Unpacks a TIFF and turns it as its own tag says: Pillow does that whenever it opens one, and so
 * it does not depend on a data set's rule.
 */
final class TiffDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("tiff");

  private TiffDecoder() {}

  static RgbImage decode(TiffFile file) throws IOException {
    BufferedImage image = CODEC.read(file.essential(), reader -> reader.read(0));
    if (image.getWidth() != file.width() || image.getHeight() != file.height()) {
      throw new UndecodableImageException("its directory and its data differ in size");
    }
    return RgbSamples.of(image, file.bits(), file.samples() == 1).turned(file.orientation());
  }
}
