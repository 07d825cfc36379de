package dev.braid.store.json.run;

import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.Seal;
import java.time.Duration;

/** The JSON of a lease. */
public final class LeaseParser {
  private static final String LINE = "line";
  private static final String RUN = "run";
  private static final String USER = "user";
  private static final String HOST = "host";
  private static final String PROCESS = "process";
  private static final String SINCE = "since";
  private static final String RENEWALS = "renewals";
  private static final String EXPIRY = "expiry-seconds";

  private LeaseParser() {}

  /** The lease's canonical JSON with its seal. */
  public static byte[] toJson(LeaseRecord lease) {
    return Seal.set(
        new JsonObject()
            .with(LINE, lease.line())
            .with(RUN, lease.run())
            .with(USER, lease.user())
            .with(HOST, lease.host())
            .with(PROCESS, lease.process())
            .with(SINCE, lease.since())
            .with(RENEWALS, lease.renewals())
            .with(EXPIRY, lease.expiry().toSeconds())
            .bytes());
  }

  /** The lease of a JSON text. */
  public static LeaseRecord fromJson(byte[] json, String file) {
    return JsonFields.read(
        Seal.open(json, file),
        file,
        fields ->
            new LeaseRecord(
                new LineId(fields.string(LINE)),
                new RunId(fields.string(RUN)),
                fields.string(USER),
                fields.string(HOST),
                fields.integer(PROCESS),
                fields.instant(SINCE),
                fields.integer(RENEWALS),
                Duration.ofSeconds(fields.integer(EXPIRY))));
  }
}
