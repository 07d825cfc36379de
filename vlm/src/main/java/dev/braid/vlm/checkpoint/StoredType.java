package dev.braid.vlm.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of a safetensors file, all little-endian. */
public enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  F8_E5M2(1),
  F8_E4M3(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** The type with this name in a file's header. */
  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findAny();
  }

  /** The number of bytes of one element. */
  int bytes() {
    return bytes;
  }

  /** Whether {@link #widen} converts values of this type to float32, always exactly. */
  boolean isFloat() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** Converts the next elements of the little-endian buffer to float32. */
  void widen(ByteBuffer from, float[] to, int start, int count) {
    switch (this) {
      case F32 -> from.asFloatBuffer().get(to, start, count);
      case F16 -> {
        for (int i = 0; i < count; i++) {
          to[start + i] = halfToFloat(from.getShort(2 * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          to[start + i] = Float.intBitsToFloat(from.getShort(2 * i) << 16);
        }
      }
      default -> throw new IllegalStateException(this + " is not a type of weights");
    }
  }

  // Float.float16ToFloat exists since Java 20. Exponent 31 is Inf or NaN, 0 is subnormal.
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 31 ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
