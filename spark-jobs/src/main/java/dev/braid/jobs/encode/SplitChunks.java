package dev.braid.jobs.encode;

import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A split cut into chunks of a fixed number of rows, which are the units of work.
 *
 * <p>The cut does not depend on the number of cores: the pictures of a chunk are always encoded
 * together, so their vectors always have the same bits.
 */
public record SplitChunks(long start, long rows) implements Serializable {
  /** All features and scores depend on it: a change increments the stage numbers of their jobs. */
  static final int ROWS = 256;

  public static SplitChunks of(DatasetRecord dataset, Split split) {
    return new SplitChunks(dataset.rows().start(split), dataset.rows().of(split));
  }

  /** The numbers of the chunks. */
  public List<Integer> numbers() {
    return IntStream.range(0, Math.toIntExact((rows + ROWS - 1) / ROWS)).boxed().toList();
  }

  /** The number in its split of the row at an offset of a chunk. */
  public static long row(int chunk, int offset) {
    return (long) chunk * ROWS + offset;
  }

  /** The first row id of a chunk. */
  long from(int chunk) {
    return start + (long) chunk * ROWS;
  }

  /** The row id after the last one of a chunk. */
  long to(int chunk) {
    return Math.min(start + rows, from(chunk) + ROWS);
  }

  /** The offsets of all rows of a chunk. */
  List<Integer> offsets(int chunk) {
    return IntStream.range(0, Math.toIntExact(to(chunk) - from(chunk))).boxed().toList();
  }

  /** The offsets of the rows of a chunk that belong to an even sample of the split. */
  public List<Integer> sampled(int chunk, long sample) {
    return offsets(chunk).stream().filter(offset -> isSampled(row(chunk, offset), sample)).toList();
  }

  private boolean isSampled(long number, long sample) {
    return sample >= rows || number * sample / rows != (number + 1) * sample / rows;
  }
}
