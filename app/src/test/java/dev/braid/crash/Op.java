package dev.braid.crash;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * One operation that changed a file system.
 *
 * @param path of the file or folder it changed, below the store's root; empty for the root itself
 * @param detail the bytes written in Base64, or the second path of a renaming or a link
 */
record Op(Kind kind, String path, String detail) {
  enum Kind {
    /** An empty file. */
    CREATE,
    /** Bytes at the end of a file. */
    WRITE,
    /** The file's bytes are on the disk. */
    SYNC,
    /** A folder; the one it is in is there. */
    MAKE_FOLDER,
    RENAME,
    /** A second name for a file. */
    LINK,
    /** A file, or a folder with all that is in it. */
    DELETE,
    /** The folder's entries are on the disk. */
    FORCE
  }

  static Op of(Kind kind, String path) {
    return new Op(kind, path, "");
  }

  static Op write(String path, byte[] bytes) {
    return new Op(Kind.WRITE, path, Base64.getEncoder().encodeToString(bytes));
  }

  /** This write and the next one of the same file as one. */
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
