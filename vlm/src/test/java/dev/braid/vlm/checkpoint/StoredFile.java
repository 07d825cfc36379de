package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A safetensors file of any types and any size, laid out by hand: a hole of zeros on the disk until
 * values are put into it.
 */
public final class StoredFile {
  private record Place(StoredType type, long begin) {}

  private final Path path;
  private final Map<String, Place> places;

  private StoredFile(Path path, Map<String, Place> places) {
    this.path = path;
    this.places = places;
  }

  /** Collects tensors in the order of their bytes. */
  public static final class Builder {
    private final StringJoiner header = new StringJoiner(",", "{", "}");
    private final Map<String, Place> places = new HashMap<>();
    private final List<NamedTensor> values = new ArrayList<>();
    private long end;

    /** Adds a tensor of zeros. */
    public Builder with(StoredType type, TensorSpec tensor) {
      long begin = end;
      end += tensor.size() * type.bytes();
      header.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
              .formatted(tensor.name(), type, tensor.shape(), begin, end));
      places.put(tensor.name(), new Place(type, begin));
      return this;
    }

    public Builder with(StoredType type, NamedTensor tensor) {
      values.add(tensor);
      return with(type, tensor.spec());
    }

    public StoredFile write(Path path) throws IOException {
      byte[] json = header.toString().getBytes(UTF_8);
      ByteBuffer start = ByteBuffer.allocate(Long.BYTES + json.length);
      start.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).flip();
      Files.deleteIfExists(path);
      places.replaceAll((name, p) -> new Place(p.type(), p.begin() + start.capacity()));
      try (FileChannel channel = open(path)) {
        channel.write(ByteBuffer.allocate(1), start.capacity() + end - 1);
        channel.write(start, 0);
      }
      StoredFile file = new StoredFile(path, places);
      for (NamedTensor tensor : values) {
        file.put(tensor);
      }
      return file;
    }
  }

  /** Puts values that are exact in the tensor's type, and zero or normal there. */
  public void put(NamedTensor tensor) throws IOException {
    Place place = place(tensor.spec().name());
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * place.type().bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : tensor.values()) {
      switch (place.type()) {
        case F32 -> bytes.putFloat(value);
        case F16 -> bytes.putShort(half(value));
        case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        default -> throw new IllegalArgumentException("no weights: " + place.type());
      }
    }
    put(tensor.spec().name(), bytes.flip());
  }

  /** Puts the first bytes of a tensor. */
  public void put(String tensor, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = open(path)) {
      long begin = place(tensor).begin();
      while (bytes.hasRemaining()) {
        begin += channel.write(bytes, begin);
      }
    }
  }

  private Place place(String tensor) {
    Place place = places.get(tensor);
    if (place == null) {
      throw new IllegalArgumentException("no tensor " + tensor);
    }
    return place;
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = value == 0 ? 0 : Math.getExponent(value) + 15;
    return (short) (((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 0x3ff));
  }
}
