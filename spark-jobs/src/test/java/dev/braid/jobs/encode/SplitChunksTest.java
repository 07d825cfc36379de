package dev.braid.jobs.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SplitChunksTest {
  @Property
  void parts_ofAnySplit_coverItOnceInOrder(
      @ForAll @LongRange(max = 5000) long start,
      @ForAll @LongRange(min = 0, max = 2000) long rows) {
    SplitChunks parts = new SplitChunks(start, rows);
    long next = start;
    for (int part : parts.numbers()) {
      assertThat(parts.from(part)).isEqualTo(next);
      assertThat(parts.to(part)).isGreaterThan(next);
      next = parts.to(part);
    }
    assertThat(next).isEqualTo(start + rows);
  }

  @Property
  void sample_ofAnySize_hasThatManyRowsOrAll(
      @ForAll @LongRange(min = 1, max = 2000) long rows,
      @ForAll @LongRange(min = 1, max = 3000) long sample) {
    SplitChunks parts = new SplitChunks(7, rows);
    long sampled =
        parts.numbers().stream()
            .map(part -> parts.sampled(part, sample))
            .mapToLong(List::size)
            .sum();
    assertThat(sampled).isEqualTo(Math.min(rows, sample));
  }
}
