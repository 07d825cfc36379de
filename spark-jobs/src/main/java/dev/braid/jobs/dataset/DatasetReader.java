package dev.braid.jobs.dataset;

import dev.braid.model.Check;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.image.ExifOrientation;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pictures of a stored data set, on the driver or on an executor.
 *
 * <p>Whoever decodes them gets the data set's pixels: of a data set whose pictures lie as they are
 * stored, the bytes no longer say that a picture is to be turned.
 */
public final class DatasetReader {
  /** Receives pictures in the order of their row ids. */
  @FunctionalInterface
  public interface PictureReader {
    void accept(Picture picture) throws IOException;
  }

  @FunctionalInterface
  private interface FileReading {
    void of(PictureFileReader file) throws IOException;
  }

  private final ObjectStore objects;
  private final DatasetRecord dataset;

  public DatasetReader(ObjectStore objects, DatasetRecord dataset) {
    this.objects = objects;
    this.dataset = dataset;
  }

  /** Passes pictures with row ids from (inclusive) to (exclusive) to the reader, file by file. */
  public void forEach(long from, long to, PictureReader reader) throws IOException {
    forEachFile(
        from,
        to,
        file ->
            file.read(
                from,
                to,
                (rowId, label, encoded) ->
                    reader.accept(new Picture(rowId, label, oriented(encoded)))));
  }

  private byte[] oriented(byte[] encoded) {
    return dataset.orientation() == Orientation.UPRIGHT
        ? encoded
        : ExifOrientation.removed(encoded);
  }

  /** The labels of a split's pictures, in the order of their row ids; reads no picture. */
  public List<Integer> labels(Split split) throws IOException {
    long from = dataset.rows().start(split);
    long to = from + dataset.rows().of(split);
    List<Integer> labels = new ArrayList<>();
    forEachFile(from, to, file -> file.readLabels(from, to, labels::add));
    return labels;
  }

  private void forEachFile(long from, long to, FileReading reading) throws IOException {
    Check.argument(
        0 <= from && from <= to && to <= dataset.rows().total(),
        "Invalid rows: %s to %s (of %s)",
        from,
        to,
        dataset.rows().total());
    int length = dataset.rowsPerFile();
    for (long start = from / length * length; start < to; start += length) {
      DatasetRecord.PictureFile file = dataset.files().get(Math.toIntExact(start / length));
      try {
        reading.of(new PictureFileReader(objects, file, start));
      } catch (CorruptObjectException e) {
        throw e.as(
            "file %s of the data set %s"
                .formatted(start / length, dataset.content().abbreviated()));
      }
    }
  }

  /** The pictures with row ids from (inclusive) to (exclusive). */
  public List<Picture> rows(long from, long to) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    forEach(from, to, pictures::add);
    return pictures;
  }

  /** The pictures of a shard, in memory. */
  public List<Picture> shard(Split split, int shard, int shards) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    forEachOf(split, shard, shards, pictures::add);
    return pictures;
  }

  /**
   * Passes every n-th picture of a split to the reader: each shard has pictures of every class.
   *
   * @param shard from 0
   * @param shards the number of shards; a single shard is the whole split
   */
  public void forEachOf(Split split, int shard, int shards, PictureReader reader)
      throws IOException {
    Check.argument(0 <= shard && shard < shards, "Invalid shard: %s (of %s)", shard, shards);
    long start = dataset.rows().start(split);
    forEach(
        start,
        start + dataset.rows().of(split),
        picture -> {
          if ((picture.rowId() - start) % shards == shard) {
            reader.accept(picture);
          }
        });
  }
}
