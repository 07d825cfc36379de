package dev.braid.demo.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final Color RED = new Color(1, 0, 0);
  private static final Color BLUE = new Color(0, 0, 1);

  @Test
  void png_readByAnotherDecoder_showsTheColoursWhereTheyWerePut() throws IOException {
    Canvas canvas = new Canvas(16);
    canvas.cover(Paint.plain(BLUE));
    canvas.fill(Shape.block(-1, -1, 0, 0), RED);
    BufferedImage read = read(canvas);
    assertThat(read.getWidth()).isEqualTo(16);
    assertThat(read.getHeight()).isEqualTo(16);
    assertThat(read.getRGB(3, 3)).isEqualTo(0xFFFF0000);
    assertThat(read.getRGB(12, 3)).isEqualTo(0xFF0000FF);
    assertThat(read.getRGB(3, 12)).isEqualTo(0xFF0000FF);
  }

  @Test
  void fill_ofDisk_coversItsArea() throws IOException {
    Canvas canvas = new Canvas(100);
    canvas.fill(Shape.disk(0.5), Color.WHITE);
    BufferedImage read = read(canvas);
    double covered = 0;
    for (int pixel = 0; pixel < 10_000; pixel++) {
      covered += (read.getRGB(pixel % 100, pixel / 100) & 0xFF) / 255.0;
    }
    assertThat(covered / 10_000).isBetween(Math.PI / 16 - 0.002, Math.PI / 16 + 0.002);
  }

  @Test
  void fill_ofTurnedShape_turnsClockwise() throws IOException {
    Canvas canvas = new Canvas(20);
    canvas.fill(Shape.block(-0.2, -1, 0.2, 0).turned(Math.PI / 2), Color.WHITE);
    BufferedImage read = read(canvas);
    assertThat(read.getRGB(17, 10)).isEqualTo(0xFFFFFFFF);
    assertThat(read.getRGB(10, 2)).isEqualTo(0xFF000000);
  }

  private static BufferedImage read(Canvas canvas) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(canvas.png()));
  }
}
