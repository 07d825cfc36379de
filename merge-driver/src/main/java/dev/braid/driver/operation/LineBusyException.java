package dev.braid.driver.operation;

import dev.braid.model.record.LeaseRecord;
import java.io.Serial;

/** Another run works on the line: run again later. */
public final class LineBusyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  LineBusyException(LeaseRecord lease) {
    super(
        "Cannot run line %s: %s works on it since %s (run again later, or with --wait)"
            .formatted(lease.line(), lease.holder(), lease.since()));
  }
}
