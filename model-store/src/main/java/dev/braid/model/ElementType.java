package dev.braid.model;

/** The type of a blob's coordinates. All are little-endian; bits start at the lowest. */
public enum ElementType {
  /** A weight, a delta, a running sum. */
  FLOAT32("float32", 32),
  /** A plane: coordinate j is bit j mod 8 of byte j / 8. */
  BIT("bit", 1),
  /** A merge step up to 255. */
  UINT8("uint8", 8),
  /** A merge step up to 65,535. */
  UINT16("uint16", 16);

  private final String label;
  private final int bits;

  ElementType(String label, int bits) {
    this.label = label;
    this.bits = bits;
  }

  /** The name in stored JSON. */
  public String label() {
    return label;
  }

  /** The type of this label. */
  public static ElementType ofLabel(String label) {
    for (ElementType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException("Invalid element type: " + label);
  }

  /** The bytes that this many coordinates take; the last byte of bits is padded with zeros. */
  public int bytes(int coordinates) {
    return Math.toIntExact(((long) coordinates * bits + 7) / 8);
  }
}
