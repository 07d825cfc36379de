package dev.braid.model;

/** Checks of arguments, with messages that name the value and the rule. */
public final class Check {
  private Check() {}

  /** Refuses with the formatted message unless the condition holds. */
  public static void argument(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
