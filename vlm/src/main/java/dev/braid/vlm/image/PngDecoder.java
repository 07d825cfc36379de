package dev.braid.vlm.image;

import java.io.IOException;

/** Unpacks a PNG. */
final class PngDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("png");

  private PngDecoder() {}

  static RgbImage decode(PngFile file) throws IOException {
    return RgbSamples.of(
        CODEC.read(file.essential(), reader -> reader.read(0)),
        file.bitDepth(),
        file.colorType() == PngFile.GRAY);
  }
}
