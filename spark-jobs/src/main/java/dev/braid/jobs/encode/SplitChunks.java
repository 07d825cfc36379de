package dev.braid.jobs.encode;

import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A split cut into parts of a fixed number of rows, the units of work on it.
 *
 * <p>The cut does not depend on the number of cores: the same pictures of a part are encoded beside
 * each other everywhere, and so their vectors have the same bits.
 */
public record SplitChunks(long start, long rows) implements Serializable {
  /** Part of all features and scores: raise the stage numbers of their jobs with it. */
  static final int ROWS = 256;

  public static SplitChunks of(DatasetRecord dataset, Split split) {
    return new SplitChunks(dataset.rows().start(split), dataset.rows().of(split));
  }

  /** The parts' numbers. */
  public List<Integer> numbers() {
    return IntStream.range(0, Math.toIntExact((rows + ROWS - 1) / ROWS)).boxed().toList();
  }

  /** The first row id of a part. */
  long from(int part) {
    return start + (long) part * ROWS;
  }

  /** The row id after a part's last. */
  long to(int part) {
    return Math.min(start + rows, from(part) + ROWS);
  }

  /** The offsets of all rows of a part. */
  List<Integer> offsets(int part) {
    return IntStream.range(0, Math.toIntExact(to(part) - from(part))).boxed().toList();
  }

  /** The offsets in a part of those of its rows that belong to an even sample of the split. */
  public List<Integer> sampled(int part, long sample) {
    return offsets(part).stream()
        .filter(offset -> isSampled((long) part * ROWS + offset, sample))
        .toList();
  }

  private boolean isSampled(long number, long sample) {
    return sample >= rows || number * sample / rows != (number + 1) * sample / rows;
  }
}
