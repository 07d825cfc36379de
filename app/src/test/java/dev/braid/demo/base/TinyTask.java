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

  private record Extent(int side, int classes, int train, int test) {}

  private static final Extent USUAL = new Extent(32, 4, 30, 10);

  /** Enough validation pictures to tell random classes from chance. */
  private static final Extent MANY = new Extent(32, 4, 80, 10);

  private static final Extent FEW = new Extent(16, 2, 6, 2);

  abstract int colour(int label, int x, int y);

  /** Writes the pictures, each in its class. */
  public Path write(Path folder) throws IOException {
    return write(folder, USUAL, new Random(1), /* shuffled= */ false);
  }

  /** Writes 16 pictures of 16 x 16 in two classes. */
  public Path writeFew(Path folder) throws IOException {
    return write(folder, FEW, new Random(1), /* shuffled= */ false);
  }

  /** Writes the pictures with random classes, so that there is nothing to learn. */
  public Path writeShuffled(Path folder) throws IOException {
    return write(folder, MANY, new Random(2), /* shuffled= */ true);
  }

  private Path write(Path folder, Extent extent, Random random, boolean shuffled)
      throws IOException {
    for (int label = 0; label < extent.classes(); label++) {
      for (int number = 0; number < extent.train() + extent.test(); number++) {
        Path split = folder.resolve(number < extent.train() ? "train" : "test");
        Path pictures = Files.createDirectories(split.resolve("kind-" + label));
        int drawn = shuffled ? random.nextInt(extent.classes()) : label;
        BufferedImage picture = picture(extent.side(), drawn, random);
        ImageIO.write(picture, "png", pictures.resolve(number + ".png").toFile());
      }
    }
    return folder;
  }

  private BufferedImage picture(int side, int label, Random random) {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int noise = random.nextInt(32);
        picture.setRGB(x, y, colour(label, x, y) ^ (noise << 16 | noise << 8 | noise));
      }
    }
    return picture;
  }
}
