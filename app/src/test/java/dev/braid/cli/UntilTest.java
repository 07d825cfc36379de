package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.settings.SettingsException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilTest {
  private static final Clock TEN_IN_THE_EVENING =
      Clock.fixed(Instant.parse("2026-11-30T21:00:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "06:00, 2026-12-01T05:00:00Z",
    "23:30, 2026-11-30T22:30:00Z",
    "22:00, 2026-12-01T21:00:00Z",
    "2026-12-02T06:00, 2026-12-02T05:00:00Z"
  })
  void of_aTime_isItsNextOccurrence(String text, Instant end) {
    assertThat(Until.of(text, TEN_IN_THE_EVENING)).isEqualTo(end);
  }

  @Test
  void of_aTimeInThePast_isRefused() {
    assertThatThrownBy(() -> Until.of("2026-11-30T21:00", TEN_IN_THE_EVENING))
        .isInstanceOf(SettingsException.class)
        .hasMessage("Invalid --until 2026-11-30T21:00: it is over (now is 2026-11-30T22:00)");
  }

  @Test
  void of_noTime_isRefused() {
    assertThatThrownBy(() -> Until.of("6 o'clock", TEN_IN_THE_EVENING))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("HH:MM");
  }
}
