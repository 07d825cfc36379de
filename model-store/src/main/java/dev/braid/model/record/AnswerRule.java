package dev.braid.model.record;

import java.util.Locale;
import java.util.stream.Stream;

/** How a task answers over its own classes. */
public enum AnswerRule {
  /** By its expert alone, the published read-out. */
  EXPERT,
  /** By its expert and the statistics of its classes together. */
  FUSED;

  /** The rule in settings and in stored records. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The rule of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AnswerRule of(String label) {
    return Stream.of(values())
        .filter(rule -> rule.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid answer rule: %s (expert or fused)".formatted(label)));
  }

  /** Whether a calibration belongs to this rule. */
  public boolean admits(Calibration calibration) {
    return this == FUSED || (calibration.alpha() == 1 && calibration.beta() == 0);
  }
}
