package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.02", // warm-up: a hundredth of 2 in the first step
    "49, 1.0",
    "99, 2.0", // its last step has the full rate
    "100, 2.0", // the cosine's top
    "400, 1.5", // a third of the way: 1 + cos 60°
    "550, 1.0", // half
    "1000, 0.0",
    "2000, 0.0"
  })
  void rate_risesLinearlyThenFallsAlongTheCosine(int step, double expected) {
    assertThat(new Schedule(2, 100, 1000).rate(step)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 1.0", "2, 0.5", "3, 0.14644660940672624", "4, 0.0"})
  void rate_withoutWarmup_startsAtTheTop(int step, double expected) {
    assertThat(new Schedule(1, 0, 4).rate(step)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1, 1.0", "2, 0.0"})
  void rate_ofNothingButWarmup_isZeroBehindIt(int step, double expected) {
    assertThat(new Schedule(1, 2, 2).rate(step)).isCloseTo(expected, within(1e-12));
  }
}
