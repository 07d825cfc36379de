package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** Immutable objects, named by the SHA-256 of their bytes and an extension for their kind. */
public interface ObjectStore {
  /** Starts a new object, which exists when its writer is finished. */
  ObjectWriter writer(String extension);

  /**
   * Opens an object at its first byte, after comparing its bytes with its name.
   *
   * @throws CorruptObjectException if it is missing, or its bytes are not those that were stored
   */
  FSDataInputStream open(Digest digest, String extension);

  /**
   * Opens an object at its first byte, to be read in one pass.
   *
   * <p>Its bytes may be compared with its name only when its end is reached: {@link ObjectStream}.
   *
   * @throws CorruptObjectException if it is missing, or its bytes are known not to be those that
   *     were stored
   */
  default ObjectStream stream(Digest digest, String extension) {
    return new ObjectStream(location(digest, extension), open(digest, extension), () -> {});
  }

  /** True if the object exists; its bytes are not read. */
  boolean contains(Digest digest, String extension);

  /** The object's path in the form that Spark, Hadoop and people understand. */
  String location(Digest digest, String extension);

  /** Stores the bytes; the same bytes twice are one object. */
  default Digest put(byte[] bytes, String extension) {
    try (ObjectWriter writer = writer(extension)) {
      writer.write(bytes, 0, bytes.length);
      return writer.finish();
    }
  }

  /** Stores the rest of the stream. */
  default Digest put(InputStream content, String extension) throws IOException {
    try (ObjectWriter writer = writer(extension)) {
      content.transferTo(writer);
      return writer.finish();
    }
  }

  /** The bytes of a small object. */
  default byte[] read(Digest digest, String extension) {
    try (InputStream in = open(digest, extension)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StoreAccessException("read", location(digest, extension), e);
    }
  }
}
