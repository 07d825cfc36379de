package dev.braid.model.record;

import dev.braid.model.Check;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A run's name: when it started, by the driver's clock in UTC, and a random part. The alphabetical
 * order is that of the starts.
 */
public record RunId(String name) implements Comparable<RunId> {
  private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public RunId {
    Check.argument(FORM.matcher(name).matches(), "Invalid name of a run: %s", name);
  }

  /** A new run that starts now. */
  public static RunId starting(Instant now) {
    return new RunId(TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  @Override
  public int compareTo(RunId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
