package dev.braid.store.vector;

import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import dev.braid.store.json.BlobParser;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.StoredParquet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Vectors over a parameter space, kept as shards. */
public final class Blobs {
  private static final String EXTENSION = "json";

  private final ObjectStore objects;

  /** The vectors in these objects. */
  public Blobs(ObjectStore objects) {
    this.objects = objects;
  }

  /** Starts a shard of a vector with this many coordinates. */
  public ShardWriter shardWriter(ElementType element, ShardCut cut, int shard, long coordinates) {
    return new ShardWriter(
        element, cut, shard, coordinates, objects.writer(StoredParquet.EXTENSION));
  }

  /**
   * Opens a shard after comparing its bytes with its digest.
   *
   * @throws CorruptObjectException if it is missing or has other bytes; names the shard and the
   *     blob
   */
  public ShardReader open(Blob blob, int shard) {
    try {
      return new ShardReader(blob, shard, stored(blob, shard));
    } catch (CorruptObjectException e) {
      throw e.as(name(blob, shard));
    }
  }

  /**
   * Opens a shard to be read once, row by row; its bytes are compared with its digest at the end.
   *
   * @throws CorruptObjectException if it is missing or known to have other bytes; names the shard
   *     and the blob
   */
  public ShardStream stream(Blob blob, int shard) {
    try {
      return new ShardStream(blob, shard, stored(blob, shard));
    } catch (CorruptObjectException e) {
      throw e.as(name(blob, shard));
    }
  }

  private StoredParquet stored(Blob blob, int shard) {
    Shard stored = blob.shards().get(shard);
    return new StoredParquet(objects, stored.digest(), stored.bytes());
  }

  /** The name of a shard in errors. */
  static String name(Blob blob, int shard) {
    Digest digest = Digest.of(BlobParser.toJson(blob));
    return "shard %s of blob %s".formatted(shard, digest.abbreviated());
  }

  /**
   * Finishes shards, all at the same time, because each waits for the disk.
   *
   * @return the shards by the names of their writers, when all are finished; if one fails, its
   *     failure is thrown when nothing is being written any more
   */
  public static SortedMap<String, Shard> finish(SortedMap<String, ShardWriter> writers) {
    SortedMap<String, CompletableFuture<Shard>> finishing = new TreeMap<>();
    try {
      writers.forEach((name, writer) -> finishing.put(name, Background.start(writer::finish)));
    } finally { // starting a thread may fail
      Background.await(finishing.values());
    }
    SortedMap<String, Shard> finished = new TreeMap<>();
    finishing.forEach((name, shard) -> finished.put(name, Background.result(shard)));
    return finished;
  }

  /** Stores the blob's own record: from now on the blob exists. */
  public Digest put(Blob blob) {
    return objects.put(BlobParser.toJson(blob), EXTENSION);
  }

  /** The blob of this digest. */
  public Blob get(Digest digest) {
    return BlobParser.fromJson(
        objects.read(digest, EXTENSION), objects.location(digest, EXTENSION));
  }

  /** True if the blob's record and all its shards exist; their bytes are not read. */
  public boolean contains(Digest digest) {
    return objects.contains(digest, EXTENSION)
        && get(digest).shards().stream()
            .allMatch(shard -> objects.contains(shard.digest(), StoredParquet.EXTENSION));
  }

  /** The paths of a blob's files, in order, for Spark and people. */
  public List<String> locations(Blob blob) {
    return blob.shards().stream()
        .map(shard -> objects.location(shard.digest(), StoredParquet.EXTENSION))
        .toList();
  }

  /** Starts a vector of float32 that is written in pieces of any length. */
  public FloatWriter floatWriter(Digest space, ShardCut cut, long coordinates) {
    return new FloatWriter(this, space, cut, coordinates);
  }

  /** Stores a whole vector of float32. */
  public Blob writeFloats(Digest space, ShardCut cut, float... values) {
    try (FloatWriter writer = floatWriter(space, cut, values.length)) {
      writer.write(values);
      return writer.finish();
    }
  }

  /** A whole vector of float32, for those that fit an array. */
  public float[] readFloats(Blob blob) {
    float[] values = new float[Math.toIntExact(blob.coordinates())];
    try (FloatReader reader = floats(blob)) {
      reader.read(values);
    }
    return values;
  }

  /** Opens a vector at its first row. */
  public RowReader rows(Blob blob) {
    return new RowReader(this, blob);
  }

  /** Opens a vector of float32 at its first coordinate. */
  public FloatReader floats(Blob blob) {
    Check.argument(
        blob.element() == ElementType.FLOAT32,
        "Invalid blob: %s coordinates (float32)",
        blob.element().label());
    return new FloatReader(FloatRows.stored(rows(blob)));
  }
}
