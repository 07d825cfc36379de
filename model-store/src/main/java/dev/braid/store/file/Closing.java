package dev.braid.store.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes what was open side by side. */
public final class Closing {
  private Closing() {}

  /** Closes every one, even if others fail; the first failure is thrown and holds the others. */
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
