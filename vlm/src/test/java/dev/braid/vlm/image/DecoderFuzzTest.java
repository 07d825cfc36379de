package dev.braid.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Some 14,000 damaged images: each is decoded or refused, in bounded time and memory. */
class DecoderFuzzTest {
  private static final int TRIALS = 600;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Heap for an image: unpacked, as RGB, once more for the codec, and the codec's own needs. */
  private static final long BYTES_PER_PIXEL = 16;

  private static final long BYTES_BESIDE = 4 << 20;

  private static List<byte[]> pngs() {
    Random random = new Random(1);
    List<byte[]> pngs = new ArrayList<>();
    byte[] palette = Pngs.joined(Pngs.chunk("PLTE", new byte[48]), Pngs.chunk("tRNS", 9, 9));
    int[][] kinds = {
      {1, Pngs.GRAY},
      {2, Pngs.GRAY},
      {4, Pngs.GRAY},
      {8, Pngs.GRAY},
      {16, Pngs.GRAY},
      {8, Pngs.RGB},
      {16, Pngs.RGB},
      {8, Pngs.GRAY_ALPHA},
      {16, Pngs.GRAY_ALPHA},
      {8, Pngs.RGB_ALPHA},
      {16, Pngs.RGB_ALPHA},
      {1, Pngs.PALETTE},
      {4, Pngs.PALETTE},
      {8, Pngs.PALETTE}
    };
    for (int[] kind : kinds) {
      byte[] before = kind[1] == Pngs.PALETTE ? palette : new byte[0];
      int channels = List.of(1, 0, 3, 1, 2, 0, 4).get(kind[1]);
      int[] rows = random.ints((8 * kind[0] * channels / 8) * 5L, 0, 16).toArray();
      pngs.add(Pngs.png(8, 5, kind[0], kind[1], before, rows));
    }
    return pngs;
  }

  private static List<byte[]> jpegs() throws IOException {
    BufferedImage colors = Jpegs.drawn(19, 9, BufferedImage.TYPE_INT_RGB);
    byte[] inks = Jpegs.ofFourBands(9, 9, 255, 204, 0, 102);
    return List.of(
        Jpegs.baseline(colors),
        Jpegs.progressive(colors),
        Jpegs.withAdobe(Jpegs.withoutJfif(Jpegs.baseline(colors)), 0),
        Jpegs.baseline(Jpegs.drawn(9, 9, BufferedImage.TYPE_BYTE_GRAY)),
        Jpegs.progressive(Jpegs.drawn(9, 9, BufferedImage.TYPE_BYTE_GRAY)),
        inks,
        Jpegs.withAdobe(inks, 2));
  }

  @Test
  @Timeout(300)
  void decode_ofMutatedPngs_decodesOrRefuses() throws IOException {
    Random random = new Random(7);
    int decoded = 0;
    for (byte[] whole : pngs()) {
      for (int trial = 0; trial < TRIALS; trial++) {
        byte[] mutant = mutated(whole, random);
        // Half of them have correct checksums, so that the damage reaches the codec.
        decoded += survives(random.nextBoolean() ? summed(mutant) : mutant);
      }
    }
    assertThat(decoded).isPositive();
  }

  @Test
  @Timeout(300)
  void decode_ofMutatedJpegs_decodesOrRefuses() throws IOException {
    Random random = new Random(8);
    int decoded = 0;
    for (byte[] whole : jpegs()) {
      for (int trial = 0; trial < TRIALS + TRIALS / 2; trial++) {
        decoded += survives(mutated(whole, random));
      }
    }
    assertThat(decoded).isPositive();
  }

  @Test
  @Timeout(300)
  void decode_ofMutatedFilesOfOtherFormats_decodesOrRefuses() throws IOException {
    Random random = new Random(9);
    for (List<byte[]> files :
        List.of(OtherFormats.bmps(), OtherFormats.gifs(), OtherFormats.tiffs())) {
      int decoded = 0;
      for (byte[] whole : files) {
        for (int trial = 0; trial < TRIALS; trial++) {
          decoded += survives(mutated(whole, random));
        }
      }
      assertThat(decoded).isPositive();
    }
  }

  /** Changes a few bytes, or cuts, doubles, or moves a part. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] mutant = whole.clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(mutant.length);
      int length = random.nextInt(Math.min(24, mutant.length - at) + 1);
      byte[] head = Arrays.copyOf(mutant, at);
      byte[] part = Arrays.copyOfRange(mutant, at, at + length);
      byte[] tail = Arrays.copyOfRange(mutant, at + length, mutant.length);
      switch (random.nextInt(12)) {
        case 0 -> mutant = head.length == 0 ? mutant : head;
        case 1 -> mutant = Pngs.joined(head, part, part, tail);
        case 2 -> mutant = tail.length == 0 ? mutant : Pngs.joined(head, tail);
        case 3 -> mutant = Pngs.joined(tail, head, part);
        case 4 -> mutant[at] = (byte) 0xff;
        case 5 -> mutant[at] = 0;
        case 6 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        default -> mutant[at] = (byte) random.nextInt();
      }
    }
    return mutant;
  }

  /** The same chunks, as far as there are any, with checksums that hold. */
  private static byte[] summed(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png.clone());
    int at = 8;
    while (at + 12 <= png.length) {
      long end = at + 12 + Integer.toUnsignedLong(bytes.getInt(at));
      if (end > png.length) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(bytes.array(), at + 4, (int) end - at - 8);
      bytes.putInt((int) end - 4, (int) sum.getValue());
      at = (int) end;
    }
    return bytes.array();
  }

  /** Returns 1 if it was decoded; 0 if it was refused, in one sentence. */
  private static int survives(byte[] mutant) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int decoded = 0;
    String outcome = "decoded";
    try {
      decoded = RgbImage.decode(mutant).width() > 0 ? 1 : 0;
    } catch (UndecodableImageException e) {
      outcome = e.getMessage();
      assertThat(outcome).startsWith("Cannot decode the picture: it").hasLineCount(1);
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as(outcome)
        .isLessThan(BYTES_BESIDE + BYTES_PER_PIXEL * claimedPixels(mutant));
    return decoded;
  }

  /** The size in the header, if the container is accepted. */
  private static long claimedPixels(byte[] mutant) {
    try {
      if (PngFile.recognises(mutant)) {
        PngFile file = PngFile.parse(mutant);
        return (long) file.width() * file.height();
      }
      if (!JpegFile.recognises(mutant)) {
        return 4096L * mutant.length; // no codec unpacks a byte to more
      }
      JpegFile file = JpegFile.parse(mutant);
      return (long) file.width() * file.height();
    } catch (UndecodableImageException | RuntimeException refused) {
      return 0;
    }
  }
}
