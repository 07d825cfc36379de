package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The tensors of a safetensors file, read one at a time as float32.
 *
 * <p>The file consists of eight bytes with the length of the header, the header (JSON: name to
 * dtype, shape and offsets), and the tensors' bytes. The header is read and checked once; each read
 * opens the file again and streams it through one buffer. The file is not mapped into memory: if it
 * shrank while mapped, the process would crash.
 */
public final class SafetensorsFile implements Weights {
  private static final int PREFIX = Long.BYTES;
  // The largest CLIPs have a header of 200 KB; parsing takes up to 25 times its length in memory.
  private static final long LONGEST_HEADER = 1 << 20;
  private static final int BUFFER = 1 << 18;

  private final Path path;
  private final SafetensorsHeader header;
  private final Map<String, SafetensorsHeader.Entry> entries;

  private SafetensorsFile(Path path, SafetensorsHeader header) {
    this.path = path;
    this.header = header;
    this.entries =
        header.entries().stream()
            .collect(Collectors.toUnmodifiableMap(SafetensorsHeader.Entry::name, e -> e));
  }

  /** Reads and checks the header; refuses a file that does not match it. */
  public static SafetensorsFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      Check.argument(
          size >= PREFIX, "Cannot read %s: %s bytes are too few for safetensors", path, size);
      long headerLength = fill(path, channel, 0, buffer(PREFIX)).getLong();
      Check.argument(
          headerLength >= 2 && headerLength <= size - PREFIX,
          "Cannot read %s: a header of %s bytes does not fit a safetensors file of %s",
          path,
          Long.toUnsignedString(headerLength),
          size);
      Check.argument(
          headerLength <= LONGEST_HEADER,
          "Cannot read %s: its header has %s bytes (at most %s)",
          path,
          headerLength,
          LONGEST_HEADER);
      byte[] json = fill(path, channel, PREFIX, buffer((int) headerLength)).array();
      long dataStart = PREFIX + headerLength;
      return new SafetensorsFile(
          path, SafetensorsHeader.parse(path.toString(), json, dataStart, size - dataStart));
    }
  }

  /** The name of the file, without its directory. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The names of all tensors, in file order. */
  public List<String> names() {
    return header.entries().stream().map(SafetensorsHeader.Entry::name).toList();
  }

  /** The free-form metadata of the header. */
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public List<TensorSpec> tensors() {
    return header.entries().stream().map(this::spec).toList();
  }

  /** The name and shape of one tensor. */
  public TensorSpec spec(String name) {
    return spec(entry(name));
  }

  /** Whether {@link #read} supports the tensor's type. */
  boolean isFloat(String name) {
    return entry(name).type().isFloat();
  }

  /** Reads one tensor. */
  public NamedTensor read(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return read(entry(name), channel);
    }
  }

  /** Reads count elements of a tensor, from index start on, in row-major order. */
  public float[] read(String name, long start, long count) throws IOException {
    SafetensorsHeader.Entry entry = entry(name);
    Check.argument(
        start >= 0 && count >= 0 && start <= spec(entry).size() - count,
        "Cannot read elements %s to %s of tensor %s: it has %s",
        start,
        start + count,
        name,
        spec(entry).size());
    try (FileChannel channel = FileChannel.open(path)) {
      return read(entry, start, count, channel);
    }
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      for (SafetensorsHeader.Entry entry : header.entries()) {
        reader.accept(read(entry, channel));
      }
    }
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "Cannot read tensor %s of %s: there is none".formatted(name, path));
    }
    return entry;
  }

  private TensorSpec spec(SafetensorsHeader.Entry entry) {
    return new TensorSpec(entry.name(), entry.shape());
  }

  private NamedTensor read(SafetensorsHeader.Entry entry, FileChannel channel) throws IOException {
    TensorSpec spec = spec(entry);
    return new NamedTensor(spec, read(entry, 0, spec.size(), channel));
  }

  private float[] read(SafetensorsHeader.Entry entry, long start, long count, FileChannel channel)
      throws IOException {
    Check.argument(
        entry.type().isFloat(),
        "Cannot read tensor %s of %s: its dtype %s is not F32, F16 or BF16",
        entry.name(),
        path,
        entry.type());
    Check.argument(
        count <= Integer.MAX_VALUE - 8,
        "Cannot read tensor %s of %s: %s elements are too many for one array",
        entry.name(),
        path,
        count);
    int bytes = entry.type().bytes();
    long begin = header.dataStart() + entry.begin() + start * bytes;
    float[] values = new float[(int) count];
    ByteBuffer buffer = buffer((int) Math.min(BUFFER, count * bytes));
    int step = buffer.capacity() / bytes;
    for (int done = 0; done < values.length; done += step) {
      int next = Math.min(step, values.length - done);
      fill(path, channel, begin + (long) done * bytes, buffer.clear().limit(next * bytes));
      entry.type().widen(buffer, values, done, next);
    }
    return values;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer fill(Path path, FileChannel channel, long position, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("Cannot read %s: it was truncated while being read".formatted(path));
      }
    }
    return buffer.flip();
  }
}
