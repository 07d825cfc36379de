package dev.braid.vlm.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first image of a TIFF.
 *
 * @param bits of a sample
 * @param samples of a pixel
 * @param essential the file with one directory, of the fields that the samples depend on
 */
@SuppressWarnings("ArrayRecordComponent") // lives only between container and codec
record TiffFile(int width, int height, int bits, int samples, int orientation, byte[] essential) {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLORS = 262;
  private static final int STRIPS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int PREDICTOR = 317;
  private static final int PALETTE = 320;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILES = 324;
  private static final int TILE_BYTES = 325;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  private static final Set<Integer> KEPT =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS,
          COMPRESSION,
          COLORS,
          STRIPS,
          SAMPLES,
          STRIP_ROWS,
          STRIP_BYTES,
          PLANAR,
          PREDICTOR,
          PALETTE,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILES,
          TILE_BYTES,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT);

  /** None, LZW, Deflate (two numbers), PackBits; with the most bytes that one byte expands to. */
  private static final Map<Long, Long> COMPRESSIONS =
      Map.of(1L, 1L, 5L, 4096L, 8L, 1032L, 32946L, 1032L, 32773L, 64L);

  /** Bytes of a value of each type, by the type's number. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

  private static final int LONGEST_TILE = 1 << 15;

  static boolean recognises(byte[] encoded) {
    return encoded.length > 8 && (isLittle(encoded) || starts(encoded, 'M', 'M', 0, 42));
  }

  private static boolean isLittle(byte[] encoded) {
    return starts(encoded, 'I', 'I', 42, 0);
  }

  private static boolean starts(byte[] encoded, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (encoded[i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  static TiffFile parse(byte[] encoded) throws UndecodableImageException {
    return new Directory(encoded).file();
  }

  /** The fields of the first directory. */
  private static final class Directory {
    private final byte[] encoded;
    private final ByteOrder order;
    private final LittleEndian bytes;
    private final SortedMap<Integer, Integer> entries = new TreeMap<>();

    Directory(byte[] encoded) throws UndecodableImageException {
      this.encoded = encoded;
      this.order = isLittle(encoded) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      this.bytes = new LittleEndian(encoded, "TIFF", order);
      long start = bytes.intAt(4);
      int count = bytes.shortAt(start);
      for (int i = 0; i < count; i++) {
        int entry = bytes.checked(start + 2 + 12L * i, 12);
        entries.putIfAbsent(bytes.shortAt(entry), entry);
      }
    }

    TiffFile file() throws UndecodableImageException {
      long width = number(WIDTH, 0);
      long height = number(HEIGHT, 0);
      ImageDecoder.checkSize(width, height);
      int samples = (int) number(SAMPLES, 1);
      long[] bits = numbers(BITS, 4);
      int depth = bits.length == 0 ? 1 : (int) bits[0];
      long colors = number(COLORS, -1);
      boolean isRgb = colors == 2;
      require(isRgb || colors == 0 || colors == 1 || colors == 3, "colour space", colors);
      require(samples >= (isRgb ? 3 : 1) && samples <= (isRgb ? 4 : 2), "samples", samples);
      require(Arrays.stream(bits).allMatch(each -> each == depth), "bits", depth);
      require(
          depth == 8 || depth == 16 || (samples == 1 && Set.of(1, 2, 4).contains(depth)),
          "bits",
          depth);
      require(colors != 3 || (depth <= 8 && samples == 1), "bits of a palette", depth);
      require(number(SAMPLE_FORMAT, 1) == 1, "sample format", number(SAMPLE_FORMAT, 1));
      require(number(EXTRA_SAMPLES, 2) != 1, "premultiplied alpha", 1);
      require(number(PLANAR, 1) == 1 || samples > 1, "planes", number(PLANAR, 1));
      long predictor = number(PREDICTOR, 1);
      require(predictor == 1 || (predictor == 2 && depth >= 8), "predictor", predictor);
      checkData(width, height, (long) depth * samples);
      long orientation = number(ORIENTATION, 1);
      return new TiffFile(
          (int) width,
          (int) height,
          depth,
          samples,
          orientation >= 1 && orientation <= ExifOrientation.LAST ? (int) orientation : 1,
          essential());
    }

    /** The parts lie in the file, are as many as the size needs, and can hold the samples. */
    private void checkData(long width, long height, long pixelBits)
        throws UndecodableImageException {
      boolean isTiled = entries.containsKey(TILES);
      long partWidth = isTiled ? number(TILE_WIDTH, 0) : width;
      long partHeight =
          isTiled ? number(TILE_HEIGHT, 0) : Math.min(height, number(STRIP_ROWS, height));
      require(partWidth > 0 && partHeight > 0, "parts", Math.min(partWidth, partHeight));
      require(!isTiled || Math.max(partWidth, partHeight) <= LONGEST_TILE, "tiles", partWidth);
      ImageDecoder.checkSize(partWidth, partHeight);
      long planes = number(PLANAR, 1) == 2 ? number(SAMPLES, 1) : 1;
      long parts =
          (width + partWidth - 1) / partWidth * ((height + partHeight - 1) / partHeight) * planes;
      long[] starts = numbers(isTiled ? TILES : STRIPS, parts);
      long[] lengths = numbers(isTiled ? TILE_BYTES : STRIP_BYTES, parts);
      require(starts.length == parts && lengths.length == parts, "parts", starts.length);
      long held = 0;
      for (int i = 0; i < starts.length; i++) {
        var unused = bytes.checked(starts[i], lengths[i]);
        held += lengths[i];
      }
      long compression = number(COMPRESSION, 1);
      Long expansion = COMPRESSIONS.get(compression);
      require(expansion != null, "compression", compression);
      ImageDecoder.checkHeld(
          width,
          height,
          width * height * pixelBits / 8,
          held * (expansion == null ? 0 : expansion));
    }

    private static void require(boolean holds, String what, long value)
        throws UndecodableImageException {
      if (!holds) {
        throw new UndecodableImageException(
            "it is a TIFF of a kind that Braid does not read (%s: %s); store it as PNG"
                .formatted(what, value));
      }
    }

    private long number(int tag, long absent) throws UndecodableImageException {
      long[] numbers = numbers(tag, 1 << 16);
      return numbers.length == 0 ? absent : numbers[0];
    }

    /** The values of a field of whole numbers; none if it is absent. */
    private long[] numbers(int tag, long most) throws UndecodableImageException {
      Integer entry = entries.get(tag);
      if (entry == null) {
        return new long[0];
      }
      int type = bytes.shortAt(entry + 2);
      long count = bytes.intAt(entry + 4);
      require(type == 3 || type == 4 || type == 1, "type of field " + tag, type);
      require(count > 0 && count <= Math.max(1, most), "length of field " + tag, count);
      long at = valuesAt(entry);
      long[] numbers = new long[(int) count];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            switch (type) {
              case 1 -> bytes.byteAt(at + i);
              case 3 -> bytes.shortAt(at + 2L * i);
              default -> bytes.intAt(at + 4L * i);
            };
      }
      return numbers;
    }

    private long valuesAt(int entry) throws UndecodableImageException {
      long length = valueBytes(entry);
      return bytes.checked(length <= 4 ? entry + 8 : bytes.intAt(entry + 8), length);
    }

    private long valueBytes(int entry) throws UndecodableImageException {
      int type = bytes.shortAt(entry + 2);
      require(type > 0 && type < TYPE_BYTES.length, "type of a field", type);
      return TYPE_BYTES[type] * bytes.intAt(entry + 4);
    }

    /** The bytes of the file, and behind them the directory that the header now names. */
    private byte[] essential() throws UndecodableImageException {
      SortedMap<Integer, Integer> kept = new TreeMap<>(entries);
      kept.keySet().retainAll(KEPT);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(encoded);
      file.writeBytes(new byte[encoded.length % 2]);
      int start = file.size();
      ByteBuffer directory = ByteBuffer.allocate(6 + 12 * kept.size()).order(order);
      directory.putShort((short) kept.size());
      for (int entry : kept.values()) {
        var unused = valuesAt(entry);
        directory.put(encoded, entry, 12);
      }
      file.writeBytes(directory.putInt(0).array());
      byte[] essential = file.toByteArray();
      ByteBuffer.wrap(essential).order(order).putInt(4, start);
      return essential;
    }
  }
}
