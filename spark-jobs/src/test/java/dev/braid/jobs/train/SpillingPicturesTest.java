package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SpillingPicturesTest {
  @Property(tries = 50)
  void pictures_withAnyLimit_keepTheirOrderAndBytes(
      @ForAll @LongRange(max = 3000) long limit, @ForAll @IntRange(min = 1, max = 40) int count)
      throws IOException {
    Random random = new Random(count);
    List<Picture> added = new ArrayList<>();
    try (SpillingPictures pictures = new SpillingPictures(limit)) {
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        added.add(new Picture(3L * i, i % 5, bytes));
        pictures.add(added.get(i));
      }

      assertThat(pictures.size()).isEqualTo(count);
      for (int i = count - 1; i >= 0; i--) {
        assertThat(pictures.rowId(i)).isEqualTo(added.get(i).rowId());
        assertThat(pictures.label(i)).isEqualTo(added.get(i).label());
        assertThat(pictures.encoded(i)).isEqualTo(added.get(i).encoded());
      }
      long all = added.stream().mapToLong(picture -> picture.encoded().length).sum();
      assertThat(all - pictures.spilledBytes()).isBetween(0L, limit);
      assertThat(pictures.spilledBytes() == 0).isEqualTo(all <= limit);
    }
  }
}
