package dev.braid.store.file;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Learns how this process words the errors of its disks, by provoking them. */
final class LearnedErrors {
  /*
   * An error may fail to be provoked in one moment and not in the next, so it is tried again at the
   * next use until its text is known. That costs a few system calls after an error.
   */

  /** Of this process, whose language does not change. */
  static final LearnedErrors HERE = new LearnedErrors(ProvokedError::text);

  private final Function<ProvokedError, Optional<String>> provocation;
  private final Map<ProvokedError, String> texts = new EnumMap<>(ProvokedError.class);

  LearnedErrors(Function<ProvokedError, Optional<String>> provocation) {
    this.provocation = provocation;
  }

  /** What is known now; a language that is not known counts as another than English. */
  synchronized DiskErrors get() {
    for (ProvokedError error : ProvokedError.values()) {
      if (!texts.containsKey(error)) {
        provocation.apply(error).ifPresent(text -> texts.put(error, text));
      }
    }
    return new DiskErrors(
        "Not a directory".equals(texts.get(ProvokedError.BELOW_A_FILE)),
        Set.copyOf(texts.values()));
  }
}
