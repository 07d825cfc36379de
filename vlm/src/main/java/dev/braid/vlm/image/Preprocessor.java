package dev.braid.vlm.image;

import java.util.Arrays;

/**
 * Converts images to the input of the vision tower: a normalised square, plane by plane, red first.
 *
 * <p>Stateless, so safe for use by many threads.
 */
public final class Preprocessor {
  private static final int LEVELS = 256;

  private final int resizeTo;
  private final int imageSize;
  private final float[][] normalised;

  /**
   * A preprocessor with these settings.
   *
   * @param resizeTo length of the shorter side of a resized image
   * @param imageSize side of the centred square that is cut from it
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

  /** Reads a preprocessor_config.json; refuses settings that CLIP does not use. */
  public static Preprocessor parse(byte[] preprocessorConfigJson) {
    return PreprocessorParser.parse(preprocessorConfigJson, "preprocessor_config.json");
  }

  /**
   * Reads the same fields from elsewhere.
   *
   * @param file where they were found, for messages
   */
  public static Preprocessor parse(byte[] json, String file) {
    return PreprocessorParser.parse(json, file);
  }

  /** Whether both preprocess every image alike. */
  public boolean isSameAs(Preprocessor other) {
    return resizeTo == other.resizeTo
        && imageSize == other.imageSize
        && Arrays.deepEquals(normalised, other.normalised);
  }

  /** The side of the squares, in pixels. */
  public int imageSize() {
    return imageSize;
  }

  /** The number of floats of one preprocessed image. */
  public int length() {
    return RgbImage.CHANNELS * imageSize * imageSize;
  }

  /** Decodes an image; see {@link RgbImage#decode}. */
  public RgbImage decode(byte[] encoded) throws UndecodableImageException {
    return RgbImage.decode(encoded);
  }

  /** Preprocesses an image for evaluation, without randomness. */
  public void test(RgbImage image, float[] out, int offset) {
    normalise(testSquare(image), out, offset);
  }

  /** Preprocesses an image for a training step, with a {@link RandomCrop}. */
  public void train(RgbImage image, long seed, long step, long rowId, float[] out, int offset) {
    normalise(trainSquare(image, Draws.of(seed, step, rowId)), out, offset);
  }

  /** The centred square of the image after resizing. */
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
