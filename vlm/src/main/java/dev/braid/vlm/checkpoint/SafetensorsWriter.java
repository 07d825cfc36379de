package dev.braid.vlm.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes float32 tensors as a safetensors file: equal weights give equal bytes.
 *
 * <p>Names are sorted. The header is padded with spaces to a multiple of eight bytes so that
 * tensors are aligned. The metadata contain {@code format=pt}, without which Hugging Face's loader
 * refuses a file.
 */
public final class SafetensorsWriter {
  private static final int BUFFER = 1 << 18;
  private static final int ALIGNMENT = 8;

  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, Long> begins;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  private SafetensorsWriter(FileChannel channel, long dataStart, Map<String, Long> begins) {
    this.channel = channel;
    this.dataStart = dataStart;
    this.begins = begins;
  }

  /** Writes the weights, in whatever order they arrive; replaces an existing file. */
  public static void write(Path file, Weights weights) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, weights);
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(FileChannel channel, Weights weights) throws IOException {
    Map<String, Long> begins = new TreeMap<>();
    byte[] header = header(weights.tensors(), begins);
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length);
    start.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).flip();
    writeFully(channel, start, 0);
    SafetensorsWriter writer = new SafetensorsWriter(channel, start.capacity(), begins);
    Set<String> written = new HashSet<>();
    weights.forEach(
        tensor -> {
          writer.write(tensor);
          written.add(tensor.spec().name());
        });
    Check.argument(
        written.equals(begins.keySet()),
        "Cannot write weights: %s tensors were announced, %s written",
        begins.size(),
        written.size());
  }

  private static byte[] header(List<TensorSpec> tensors, Map<String, Long> begins)
      throws IOException {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.putObject(SafetensorsHeader.METADATA).put("format", "pt");
    long begin = 0;
    for (TensorSpec tensor :
        tensors.stream().sorted(Comparator.comparing(TensorSpec::name)).toList()) {
      Check.argument(
          begins.put(tensor.name(), begin) == null,
          "Cannot write weights: there are two tensors %s",
          tensor.name());
      long end = begin + Float.BYTES * tensor.size();
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", StoredType.F32.name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    return padded(ConfigReader.JSON.writeValueAsBytes(header));
  }

  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    return padded;
  }

  private void write(NamedTensor tensor) throws IOException {
    Long begin = begins.get(tensor.spec().name());
    if (begin == null) {
      throw new IllegalArgumentException(
          "Cannot write weights: tensor %s was not announced".formatted(tensor.spec().name()));
    }
    float[] values = tensor.values();
    int step = BUFFER / Float.BYTES;
    for (int start = 0; start < values.length; start += step) {
      int count = Math.min(step, values.length - start);
      buffer.clear().limit(count * Float.BYTES);
      buffer.asFloatBuffer().put(values, start, count);
      writeFully(channel, buffer, dataStart + begin + (long) start * Float.BYTES);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }
}
