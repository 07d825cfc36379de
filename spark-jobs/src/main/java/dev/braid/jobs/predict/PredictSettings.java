package dev.braid.jobs.predict;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * The sizes of a prediction's work.
 *
 * @param batch the number of pictures that a task holds in memory and classifies together
 * @param batchBytes the largest number of their bytes; a single picture may have more
 * @param openExperts the largest number of experts in the memory of an executor, besides the base
 * @param rowsPerPart the number of files in a part of the output
 * @param bytesPerPart the number of bytes of a table's files in a part of the output
 */
public record PredictSettings(
    int batch, long batchBytes, int openExperts, int rowsPerPart, long bytesPerPart)
    implements Serializable {
  public PredictSettings {
    Check.argument(batch > 0, "Invalid batch: %s pictures (at least 1)", batch);
    Check.argument(batchBytes > 0, "Invalid batch-bytes: %s (at least 1)", batchBytes);
    Check.argument(openExperts > 0, "Invalid open-experts: %s (at least 1)", openExperts);
    Check.argument(rowsPerPart > 0, "Invalid rows-per-part: %s (at least 1)", rowsPerPart);
    Check.argument(bytesPerPart > 0, "Invalid bytes-per-part: %s (at least 1)", bytesPerPart);
  }
}
