package dev.braid.jobs.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SplitChunksTest {
  @Property
  void chunks_ofAnySplit_coverItOnceInOrder(
      @ForAll @LongRange(max = 5000) long start,
      @ForAll @LongRange(min = 0, max = 2000) long rows) {
    SplitChunks chunks = new SplitChunks(start, rows);
    long next = start;
    for (int chunk : chunks.numbers()) {
      assertThat(chunks.from(chunk)).isEqualTo(next);
      assertThat(chunks.to(chunk)).isGreaterThan(next);
      next = chunks.to(chunk);
    }
    assertThat(next).isEqualTo(start + rows);
  }

  @Property
  void sample_ofAnySize_hasThatManyRowsOrAll(
      @ForAll @LongRange(min = 1, max = 2000) long rows,
      @ForAll @LongRange(min = 1, max = 3000) long sample) {
    SplitChunks chunks = new SplitChunks(7, rows);
    long sampled =
        chunks.numbers().stream()
            .map(chunk -> chunks.sampled(chunk, sample))
            .mapToLong(List::size)
            .sum();
    assertThat(sampled).isEqualTo(Math.min(rows, sample));
  }
}
