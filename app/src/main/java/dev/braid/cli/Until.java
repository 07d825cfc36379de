package dev.braid.cli;

import dev.braid.settings.SettingsException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** The time of {@code --until}. */
final class Until {
  private Until() {}

  /**
   * The point in time: a time of day is the next one, within 24 hours.
   *
   * @param clock with the zone in which the text is meant
   * @throws SettingsException if the text is no time, or a date and time in the past
   */
  static Instant of(String text, Clock clock) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    try {
      if (!text.contains("T")) {
        ZonedDateTime today = now.with(LocalTime.parse(text));
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
      }
      Instant end = LocalDateTime.parse(text).atZone(clock.getZone()).toInstant();
      if (end.isAfter(now.toInstant())) {
        return end;
      }
    } catch (DateTimeException e) {
      throw new SettingsException(
          "Invalid --until %s (HH:MM or YYYY-MM-DDTHH:MM, for example 06:00)".formatted(text), e);
    }
    throw new SettingsException(
        "Invalid --until %s: it is over (now is %s)".formatted(text, now.toLocalDateTime()));
  }
}
