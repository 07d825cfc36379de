package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.file.StoreAccessException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;

/** Objects as files of a folder: {@code objects/ab/<sha256>.<extension>}. */
public final class HadoopObjects implements ObjectStore {
  /*
   * An object is written to staging under a unique name, hashed on the way, closed, then moved into
   * place. A writer that dies leaves a staged file that nothing refers to. Two writers of the same
   * content create the same file, in whichever order they move it.
   */
  private static final String OBJECTS = "objects/";
  private static final String STAGED = "staging/objects/";

  /** Room for a shard of 4 Mi float32; an object up to this size is read once, into memory. */
  private static final long LARGEST_IN_MEMORY = 20L << 20;

  private final Folder folder;
  private final Tombstones tombstones;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  /** Held while a name is placed; so many that two names hardly ever share one. */
  private final List<Object> locks = Stream.generate(Object::new).limit(512).toList();

  public HadoopObjects(Folder folder) {
    this.folder = folder;
    this.tombstones = new Tombstones(folder);
  }

  @Override
  public ObjectWriter writer(String extension) {
    String staged = STAGED + UUID.randomUUID() + "." + extension;
    return new StagedObject(extension, staged, folder.create(staged));
  }

  @Override
  public FSDataInputStream open(Digest digest, String extension) {
    String name = name(digest, extension);
    FileEntry object = folder.entry(name).orElseThrow(() -> missing(name));
    try {
      return open(digest, name, object.bytes());
    } catch (StoreAccessException e) {
      throw folder.contains(name) ? e : missing(name); // garbage collection deleted it meanwhile
    }
  }

  private FSDataInputStream open(Digest digest, String name, long length) {
    if (verified.contains(name)) {
      return folder.open(name);
    }
    if (length > LARGEST_IN_MEMORY) {
      check(digest, name, folder.digest(name));
      return folder.open(name);
    }
    MessageDigest hasher = Digest.sha256();
    byte[] bytes = folder.read(name, (int) length, hasher);
    check(digest, name, Digest.finish(hasher));
    return new FSDataInputStream(new MemoryInput(bytes));
  }

  /**
   * An object on the local disk is verified while it is read. Elsewhere it is verified first,
   * because some file systems cannot keep hundreds of files open at a time.
   */
  @Override
  public ObjectStream stream(Digest digest, String extension) {
    String name = name(digest, extension);
    if (!folder.isLocal()) {
      return ObjectStore.super.stream(digest, extension);
    }
    if (verified.contains(name)) {
      return new ObjectStream(folder.location(name), opened(name), () -> {});
    }
    MessageDigest hasher = Digest.sha256();
    return new ObjectStream(
        folder.location(name),
        new DigestInputStream(opened(name), hasher),
        () -> check(digest, name, Digest.finish(hasher)));
  }

  private InputStream opened(String name) {
    try {
      return folder.stream(name);
    } catch (StoreAccessException e) {
      throw folder.contains(name) ? e : missing(name);
    }
  }

  private CorruptObjectException missing(String name) {
    return new CorruptObjectException(folder.location(name), "the object is missing");
  }

  @Override
  public boolean contains(Digest digest, String extension) {
    return folder.contains(name(digest, extension));
  }

  @Override
  public String location(Digest digest, String extension) {
    return folder.location(name(digest, extension));
  }

  /** The path of an object under the root. */
  public static String name(Digest digest, String extension) {
    return OBJECTS + digest.hex().substring(0, 2) + "/" + digest.hex() + "." + extension;
  }

  private void check(Digest digest, String name, Digest found) {
    if (!found.equals(digest)) {
      throw new CorruptObjectException(
          folder.location(name), "its bytes have the digest " + found.abbreviated());
    }
    verified.add(name);
  }

  /**
   * Moves a staged file into place. An intact object that is already there is kept, unless it is
   * marked for deletion: it may be deleted at any moment, so it is written again before the mark is
   * lifted.
   *
   * <p>One thread at a time places a name: shards with equal bytes are often finished at the same
   * moment, and where a file system replaces nothing, each thread would delete the other's file.
   */
  private void place(String staged, Digest digest, String name) {
    synchronized (locks.get(Math.floorMod(name.hashCode(), locks.size()))) {
      boolean isMarked = tombstones.contains(name);
      if (!isMarked && folder.contains(name) && folder.digest(name).equals(digest)) {
        folder.forceEntry(name); // the process that moved it there may not have done so yet
        folder.delete(staged);
      } else {
        folder.move(staged, name); // replaces other bytes in one step: the name is never missing
      }
      if (isMarked) {
        tombstones.unmark(List.of(name));
      }
    }
  }

  private final class StagedObject extends ObjectWriter {
    private final String extension;
    private final String staged;
    private final NewFile file;
    private final MessageDigest hasher = Digest.sha256();
    private long length;
    private boolean isFinished;

    StagedObject(String extension, String staged, NewFile file) {
      this.extension = extension;
      this.staged = staged;
      this.file = file;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      // In pieces aligned with the file's buffers: a file system is slow to write parts of pages.
      int end = offset + count;
      int piece;
      for (int start = offset; start < end; start += piece) {
        piece = (int) Math.min(Folder.BUFFER - length % Folder.BUFFER, end - start);
        file.write(bytes, start, piece);
        hasher.update(bytes, start, piece);
        length += piece;
      }
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Digest finish() {
      file.close();
      Digest digest = Digest.finish(hasher);
      place(staged, digest, name(digest, extension));
      isFinished = true;
      return digest;
    }

    @Override
    public void close() {
      if (!isFinished) {
        try {
          file.close();
        } finally {
          folder.delete(staged);
        }
      }
    }
  }
}
