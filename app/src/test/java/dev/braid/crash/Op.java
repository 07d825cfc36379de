package dev.braid.crash;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * One operation that changed a file system.
 *
 * @param path the path of the changed file or folder below the store's root; empty for the root
 *     itself
 * @param detail the bytes written in Base64, or the second path of a rename or a link
 */
record Op(Kind kind, String path, String detail) {
  enum Kind {
    /** Creates an empty file. */
    CREATE,
    /** Appends bytes to a file. */
    WRITE,
    /** Forces a file's bytes to disk. */
    SYNC,
    /** Creates a folder inside an existing one. */
    MAKE_FOLDER,
    RENAME,
    /** Gives a file a second name. */
    LINK,
    /** Deletes a file, or a folder with its content. */
    DELETE,
    /** Forces a folder's entries to disk. */
    FORCE
  }

  static Op of(Kind kind, String path) {
    return new Op(kind, path, "");
  }

  static Op write(String path, byte[] bytes) {
    return new Op(Kind.WRITE, path, Base64.getEncoder().encodeToString(bytes));
  }

  /** Joins this write with the next one to the same file. */
  Op followedBy(byte[] next) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(bytes());
    both.writeBytes(next);
    return write(path, both.toByteArray());
  }

  byte[] bytes() {
    return Base64.getDecoder().decode(detail);
  }

  /** The operation as a line of text. */
  String line() {
    return String.join("\t", kind.name(), path, detail);
  }

  static Op parse(String line) {
    String[] parts = line.split("\t", 3);
    return new Op(Kind.valueOf(parts[0]), parts[1], parts[2]);
  }
}
