package dev.braid.driver.merging;

/** A delta cannot be merged; the task is set aside, the head stays. */
public final class RefusedDeltaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RefusedDeltaException(String message, Object... values) {
    super(message.formatted(values));
  }
}
