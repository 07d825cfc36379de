package dev.braid.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BicubicTest {
  /** A half from the second pass, and a half from the first, which the second stretches. */
  private static final double TWO_ROUNDINGS = 0.5 + 0.5 * 1.4;

  private static RgbImage random(int width, int height, Random random) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    random.nextBytes(samples);
    return RgbImage.of(width, height, samples);
  }

  private static RgbImage row(int... levels) {
    byte[] samples = new byte[levels.length * RgbImage.CHANNELS];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) levels[i / RgbImage.CHANNELS];
    }
    return RgbImage.of(levels.length, 1, samples);
  }

  private static RgbImage resize(RgbImage image, int width, int height) {
    return Bicubic.resize(image, Box.all(image), width, height, new Box(0, 0, width, height));
  }

  @Test
  void resize_ofFourToTwo_givesTheValuesOfPaperAndPencil() {
    // Kernel at distances 1/4, 3/4, 5/4 (stretched by 2): 0.8671875, 0.2265625, -0.0703125.
    // Left: (0·.8671875 + 100·.8671875 + 200·.2265625 - 50·.0703125) / 1.890625 = 67.975
    // Right: (-0·.0703125 + 100·.2265625 + 200·.8671875 + 50·.8671875) / 1.890625 = 126.65
    RgbImage half = resize(row(0, 100, 200, 50), 2, 1);

    assertThat(half.sample(0, 0, 1)).isEqualTo(68);
    assertThat(half.sample(1, 0, 1)).isEqualTo(127);
  }

  @Test
  void resize_ofTwoToFour_overshootsAndClips() {
    // Kernel at 1/4, 3/4, 5/4 again, at the ends without the parts outside:
    // (255·0.2265625 + 0·0.8671875) / 1.09375 = 52.82; outer: 255·-0.0703125 / 0.796875 < 0.
    RgbImage wide = resize(row(0, 255), 4, 1);

    assertThat(wide.sample(0, 0, 0)).isZero();
    assertThat(wide.sample(1, 0, 0)).isEqualTo(53);
    assertThat(wide.sample(2, 0, 0)).isEqualTo(202);
    assertThat(wide.sample(3, 0, 0)).isEqualTo(255);
  }

  @Property(tries = 60)
  void resize_isExactArithmeticButForItsTwoRoundings(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight,
      @ForAll Random random) {
    RgbImage image = random(width, height, random);

    RgbImage resized = resize(image, newWidth, newHeight);

    for (int i = 0; i < 30; i++) {
      int x = random.nextInt(newWidth);
      int y = random.nextInt(newHeight);
      assertThat((double) resized.sample(x, y, i % 3))
          .isCloseTo(
              PlainBicubic.at(image, newWidth, newHeight, x, y, i % 3), within(TWO_ROUNDINGS));
    }
  }

  @Property(tries = 40)
  void resize_toItsOwnSize_changesNothing(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll Random random) {
    RgbImage image = random(width, height, random);

    assertThat(resize(image, width, height).samples()).isEqualTo(image.samples());
  }

  @Property(tries = 40)
  void resize_ofParts_equalsThePartOfTheWhole(
      @ForAll @IntRange(min = 3, max = 30) int width,
      @ForAll @IntRange(min = 3, max = 30) int height,
      @ForAll Random random) {
    RgbImage image = random(width, height, random);
    Box source = new Box(1, 2, width - 2, height - 2);
    RgbImage cut = cut(image, source);
    Box wanted = new Box(3, 1, 9, 5);

    RgbImage part = Bicubic.resize(image, source, 17, 13, wanted);

    assertThat(part.samples()).isEqualTo(cut(resize(cut, 17, 13), wanted).samples());
  }

  private static RgbImage cut(RgbImage image, Box box) {
    byte[] samples = new byte[box.width() * box.height() * RgbImage.CHANNELS];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / RgbImage.CHANNELS;
      int x = box.left() + pixel % box.width();
      int y = box.top() + pixel / box.width();
      samples[i] = (byte) image.sample(x, y, i % RgbImage.CHANNELS);
    }
    return RgbImage.of(box.width(), box.height(), samples);
  }
}
