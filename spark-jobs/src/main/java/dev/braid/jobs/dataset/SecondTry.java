package dev.braid.jobs.dataset;

import dev.braid.jobs.dataset.ContentRules.Fault;
import dev.braid.jobs.dataset.ContentRules.Inspected;
import dev.braid.jobs.source.PictureReading;
import dev.braid.jobs.source.UnreadablePictureException;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.util.List;

/**
 * Reads some of the pictures that executors could not read once more, on the driver: if one can be
 * read here, not the source is at fault.
 */
record SecondTry(PictureReading reading) {
  private static final int TRIED_AGAIN = 8;

  /**
   * Checks what executors could not read.
   *
   * @throws StoreAccessException if it can be read here
   */
  void check(List<Inspected> inspected) {
    inspected.stream()
        .filter(picture -> picture.fault() == Fault.UNREADABLE)
        .limit(TRIED_AGAIN)
        .forEach(this::check);
  }

  private void check(Inspected picture) {
    try {
      var unused = reading.read(picture.listed());
    } catch (UnreadablePictureException same) {
      return;
    }
    throw new StoreAccessException(
        "read the picture",
        picture.listed().name(),
        new IOException(
            "an executor answers '%s', but the driver can read it".formatted(picture.failure())));
  }
}
