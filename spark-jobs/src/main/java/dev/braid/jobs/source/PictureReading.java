package dev.braid.jobs.source;

import dev.braid.store.file.StoreAccessException;
import java.io.Serializable;

/** Reads the file of a picture, on the driver or on an executor. */
@FunctionalInterface
public interface PictureReading extends Serializable {
  /** For a source whose pictures are no files of their own. */
  PictureReading NO_FILES =
      picture -> {
        throw new UnreadablePictureException("it is no file");
      };

  /**
   * The encoded bytes.
   *
   * @throws RefusedDatasetException if the source may not read it
   * @throws UnreadablePictureException if it cannot be read for a reason that lies in it
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  byte[] read(ListedPicture picture) throws UnreadablePictureException;
}
