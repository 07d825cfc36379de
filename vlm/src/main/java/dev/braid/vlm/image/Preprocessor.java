package dev.braid.vlm.image;

/**
 * Turns pictures into what the vision tower sees: a square, normalised, red plane first.
 *
 * <p>A value keeps no state between pictures and may be used by many threads.
 */
public final class Preprocessor {
  private static final int LEVELS = 256;

  private final int resizeTo;
  private final int imageSize;
  private final float[][] normalised;

  /**
   * A preprocessor with these settings.
   *
   * @param resizeTo length of a resized picture's shorter side
   * @param imageSize side of the centred square that is kept of it
   */
  Preprocessor(int resizeTo, int imageSize, double[] mean, double[] deviation) {
    this.resizeTo = resizeTo;
    this.imageSize = imageSize;
    this.normalised = new float[RgbImage.CHANNELS][LEVELS];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        normalised[channel][level] = (float) ((level / 255.0 - mean[channel]) / deviation[channel]);
      }
    }
  }

  /** Reads a preprocessor_config.json; settings that are not CLIP's are refused. */
  public static Preprocessor parse(byte[] preprocessorConfigJson) {
    return PreprocessorParser.parse(preprocessorConfigJson);
  }

  /** The side of the squares it makes. */
  public int imageSize() {
    return imageSize;
  }

  /** The number of floats it writes for one picture. */
  public int length() {
    return RgbImage.CHANNELS * imageSize * imageSize;
  }

  /** Reads an encoded picture, see {@link RgbImage#decode}. */
  public RgbImage decode(byte[] encoded) throws UndecodableImageException {
    return RgbImage.decode(encoded);
  }

  /** Writes what a model sees of the picture outside training: no chance in it. */
  public void test(RgbImage image, float[] out, int offset) {
    normalise(testSquare(image), out, offset);
  }

  /** Writes what a model sees of the picture in a training step; see {@link RandomCrop}. */
  public void train(RgbImage image, long seed, long step, long rowId, float[] out, int offset) {
    normalise(trainSquare(image, Draws.of(seed, step, rowId)), out, offset);
  }

  /** The centred square of the picture after its shorter side was resized. */
  RgbImage testSquare(RgbImage image) {
    int shorter = Math.min(image.width(), image.height());
    int width = resized(image.width(), shorter);
    int height = resized(image.height(), shorter);
    Box wanted = new Box((width - imageSize) / 2, (height - imageSize) / 2, imageSize, imageSize);
    return Bicubic.resize(image, Box.all(image), width, height, wanted);
  }

  private int resized(int side, int shorter) {
    return Math.toIntExact((long) resizeTo * side / shorter);
  }

  private RgbImage trainSquare(RgbImage image, Draws draws) {
    Box crop = RandomCrop.draw(image.width(), image.height(), draws);
    return Bicubic.resize(image, crop, imageSize, imageSize, new Box(0, 0, imageSize, imageSize));
  }

  private void normalise(RgbImage square, float[] out, int offset) {
    byte[] samples = square.samples();
    int pixels = imageSize * imageSize;
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      float[] levels = normalised[channel];
      int to = offset + channel * pixels;
      for (int pixel = 0; pixel < pixels; pixel++) {
        out[to + pixel] = levels[samples[pixel * RgbImage.CHANNELS + channel] & 0xff];
      }
    }
  }
}
