package dev.braid.demo.primer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PrimerTest {
  @Test
  void page_ofTheSameSeedAndNumber_isTheSame() {
    for (long number = 0; number < 30; number++) {
      Primer.Page page = new Primer(5).page(number);
      Primer.Page again = new Primer(5).page(number);
      assertThat(again.caption()).isEqualTo(page.caption());
      assertThat(again.picture().rgb()).isEqualTo(page.picture().rgb());
    }
  }

  @Test
  void page_ofOtherNumbers_showsOtherThings() {
    Primer primer = new Primer(5);
    assertThat(
            LongStream.range(0, 600).mapToObj(number -> primer.page(number).caption()).distinct())
        .hasSizeGreaterThan(250);
  }
}
