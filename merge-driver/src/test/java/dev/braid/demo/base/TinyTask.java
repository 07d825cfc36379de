package dev.braid.demo.base;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Folders of noisy 32 x 32 pictures that a tiny CLIP learns in a few dozen steps. */
public enum TinyTask {
  /** Four colours. */
  COLOURS {
    @Override
    int colour(int label, int x, int y) {
      return new int[] {0xd02020, 0x20b020, 0x2020d0, 0xd0d020}[label];
    }
  },
  /** Stripes in four directions and widths. */
  STRIPES {
    @Override
    int colour(int label, int x, int y) {
      int along = label % 2 == 0 ? x : y;
      return along / (label < 2 ? 2 : 8) % 2 == 0 ? 0xe0e0e0 : 0x202020;
    }
  };

  private static final int SIDE = 32;
  private static final int CLASSES = 4;
  private static final int TRAIN = 30;
  private static final int TEST = 10;

  abstract int colour(int label, int x, int y);

  /** Writes the pictures, each under its class. */
  public Path write(Path folder) throws IOException {
    return write(folder, new Random(1), /* shuffled= */ false);
  }

  /** Writes the pictures under classes drawn by lot: there is nothing to learn. */
  public Path writeShuffled(Path folder) throws IOException {
    return write(folder, new Random(2), /* shuffled= */ true);
  }

  private Path write(Path folder, Random random, boolean shuffled) throws IOException {
    for (int label = 0; label < CLASSES; label++) {
      for (int number = 0; number < TRAIN + TEST; number++) {
        Path split = folder.resolve(number < TRAIN ? "train" : "test");
        Path pictures = Files.createDirectories(split.resolve("kind-" + label));
        int drawn = shuffled ? random.nextInt(CLASSES) : label;
        ImageIO.write(picture(drawn, random), "png", pictures.resolve(number + ".png").toFile());
      }
    }
    return folder;
  }

  private BufferedImage picture(int label, Random random) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int noise = random.nextInt(32);
        picture.setRGB(x, y, colour(label, x, y) ^ (noise << 16 | noise << 8 | noise));
      }
    }
    return picture;
  }
}
