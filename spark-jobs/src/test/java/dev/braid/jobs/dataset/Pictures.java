package dev.braid.jobs.dataset;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws small distinct pictures, and folders of them. */
public final class Pictures {
  private static final int SIZE = 20;

  private Pictures() {}

  /** A PNG of a few rectangles, distinct for each number. */
  public static byte[] png(long number) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(number);
    for (int i = 0; i < 4; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillRect(random.nextInt(SIZE), random.nextInt(SIZE), SIZE / 2, SIZE / 2);
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Fills a folder with the pictures of consecutive numbers. */
  public static void fill(Path folder, int count, long first) throws IOException {
    for (long number = first; number < first + count; number++) {
      write(folder.resolve("%04d.png".formatted(number)), png(number));
    }
  }

  /** Two classes, with 24 and 6 training pictures and 5 and 3 test pictures. */
  public static Path catsAndDogs(Path root) throws IOException {
    fill(root.resolve("train/cat"), 24, 1000);
    fill(root.resolve("train/dog"), 6, 2000);
    fill(root.resolve("test/cat"), 5, 3000);
    fill(root.resolve("test/dog"), 3, 4000);
    return root;
  }

  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
