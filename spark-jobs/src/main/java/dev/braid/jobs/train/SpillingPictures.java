package dev.braid.jobs.train;

import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a training: in memory up to a number of bytes, the others in a temporary file.
 *
 * <p>They are numbered in the order in which they were added, wherever they are.
 */
final class SpillingPictures implements FineTuning.Pictures, AutoCloseable {
  private final long limit;
  private final List<Entry> entries = new ArrayList<>();
  private long inMemory;
  private long inFile;
  private @Nullable FileChannel file;

  /**
   * A picture and where its bytes are.
   *
   * @param bytes null if they are in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(long rowId, int label, byte @Nullable [] bytes, long start, int length) {}

  /**
   * No pictures yet.
   *
   * @param limit bytes that stay in memory
   */
  SpillingPictures(long limit) {
    this.limit = limit;
  }

  /** Adds a picture; row ids ascend. */
  void add(Picture picture) throws IOException {
    byte[] bytes = picture.encoded();
    if (bytes.length <= limit - inMemory) {
      inMemory += bytes.length;
      entries.add(new Entry(picture.rowId(), picture.label(), bytes, 0, bytes.length));
      return;
    }
    FileChannel spilled = file == null ? open() : file;
    file = spilled;
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    for (long at = inFile; rest.hasRemaining(); ) {
      at += spilled.write(rest, at);
    }
    entries.add(new Entry(picture.rowId(), picture.label(), null, inFile, bytes.length));
    inFile += bytes.length;
  }

  /** A file without a name: its space is free when the channel closes or the process ends. */
  private static FileChannel open() throws IOException {
    Path path = Files.createTempFile("braid-pictures-", ".bin");
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }

  /** The bytes in the file. */
  long spilledBytes() {
    return inFile;
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public long rowId(int number) {
    return entries.get(number).rowId();
  }

  @Override
  public int label(int number) {
    return entries.get(number).label();
  }

  @Override
  public byte[] encoded(int number) {
    Entry entry = entries.get(number);
    byte[] known = entry.bytes();
    return known == null ? read(entry) : known;
  }

  private byte[] read(Entry entry) {
    ByteBuffer bytes = ByteBuffer.allocate(entry.length());
    try {
      FileChannel spilled = Objects.requireNonNull(file, "file is null");
      while (bytes.hasRemaining()) {
        if (spilled.read(bytes, entry.start() + bytes.position()) < 0) {
          throw new IOException("it is truncated");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the temporary file of a training's pictures: " + e.getMessage(), e);
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
