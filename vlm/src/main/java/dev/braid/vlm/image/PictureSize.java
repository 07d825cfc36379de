package dev.braid.vlm.image;

/** The size of a picture in pixels, as its file says before anything is unpacked. */
public record PictureSize(long width, long height) {
  /**
   * The size of a JPEG, PNG, GIF, BMP or TIFF.
   *
   * @throws UndecodableImageException if {@link RgbImage#decode} refuses the file for its container
   *     or its size
   */
  public static PictureSize of(byte[] encoded) throws UndecodableImageException {
    try {
      if (JpegFile.recognises(encoded)) {
        JpegFile file = JpegFile.parse(encoded);
        return new PictureSize(file.width(), file.height());
      }
      if (PngFile.recognises(encoded)) {
        PngFile file = PngFile.parse(encoded);
        return new PictureSize(file.width(), file.height());
      }
      if (GifDecoder.recognises(encoded)) {
        return GifDecoder.size(encoded);
      }
      if (BmpDecoder.recognises(encoded)) {
        return BmpDecoder.size(encoded);
      }
      if (TiffFile.recognises(encoded)) {
        TiffFile file = TiffFile.parse(encoded);
        return new PictureSize(file.width(), file.height());
      }
    } catch (RuntimeException e) {
      throw new UndecodableImageException("its data is damaged", e);
    }
    throw new UndecodableImageException(UnreadFormat.of(encoded));
  }

  /** The number of pixels. */
  public long pixels() {
    return width * height;
  }
}
