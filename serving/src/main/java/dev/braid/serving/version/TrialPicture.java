package dev.braid.serving.version;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A drawn picture, on which a version is tried before it answers. */
final class TrialPicture {
  private static final int SIDE = 32;
  private static final int HEADER = 54;
  private static final int BITS = 24;

  private TrialPicture() {}

  /** A BMP with colours that run from corner to corner. */
  static byte[] encoded() {
    int bytes = HEADER + SIDE * SIDE * 3;
    ByteBuffer bmp = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bytes).putInt(0).putInt(HEADER);
    bmp.putInt(40).putInt(SIDE).putInt(SIDE).putShort((short) 1).putShort((short) BITS);
    bmp.putInt(0).putInt(bytes - HEADER).putInt(0).putInt(0).putInt(0).putInt(0);
    for (int i = 0; i < SIDE * SIDE; i++) {
      bmp.put((byte) (i % SIDE * 8)).put((byte) (i / SIDE * 8)).put((byte) (255 - i / 4));
    }
    return bmp.array();
  }
}
