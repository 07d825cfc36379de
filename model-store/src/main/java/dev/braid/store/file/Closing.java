package dev.braid.store.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things that were open at the same time. */
public final class Closing {
  private Closing() {}

  /** Closes each, even if others fail; throws the first failure with the others suppressed. */
  public static void all(List<Runnable> closes) {
    @Nullable RuntimeException first = null;
    for (Runnable close : closes) {
      try {
        close.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
