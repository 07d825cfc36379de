package dev.braid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ShardCutTest {
  @Property(tries = 300)
  void rows_ofAllShards_coverEveryCoordinateOnceInOrder(
      @ForAll @IntRange(min = 1, max = 5) int rowUnits,
      @ForAll @IntRange(min = 1, max = 5) int rowsPerShard,
      @ForAll @LongRange(min = 1, max = 5000) long coordinates) {
    int rowLength = 64 * rowUnits;
    ShardCut cut = new ShardCut(rowsPerShard * rowLength, rowLength);

    long next = 0;
    for (int shard = 0; shard < cut.shards(coordinates); shard++) {
      assertThat(cut.shardStart(shard)).isEqualTo(next);
      for (int row = 0; row < cut.rows(shard, coordinates); row++) {
        assertThat(cut.rowStart(shard, row)).isEqualTo(next);
        assertThat(cut.rowLength(shard, row, coordinates)).isBetween(1, rowLength);
        next += cut.rowLength(shard, row, coordinates);
      }
      assertThat(next).isEqualTo(cut.shardStart(shard) + cut.shardLength(shard, coordinates));
    }
    assertThat(next).isEqualTo(coordinates);
  }

  @Test
  void cut_whoseRowsDoNotFit_isRefused() {
    assertThatThrownBy(() -> new ShardCut(128, 96))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid row length: 96 (a multiple of 64, at most 1048576)");
    assertThatThrownBy(() -> new ShardCut(192, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid shard length: 192 (a multiple of the row length 128)");
  }
}
