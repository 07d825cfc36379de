package dev.braid.store.json;

import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.store.json.run.LeaseParser;
import java.time.Duration;
import java.time.Instant;

final class LeaseParserTest extends SealedParserContract<LeaseRecord> {
  @Override
  LeaseRecord value() {
    return new LeaseRecord(
        LineId.MAIN,
        new RunId("20261130T020000000Z-0a1b2c3d"),
        "braid",
        "night-7",
        4711,
        Instant.parse("2026-11-30T02:00:00Z"),
        12,
        Duration.ofMinutes(2));
  }

  @Override
  String golden() {
    return """
           {"expiry-seconds":120,"host":"night-7","line":"main","process":4711,"renewals":12,\
           "run":"20261130T020000000Z-0a1b2c3d","since":"2026-11-30T02:00:00Z","user":"braid",\
           "sha-256":"276161d8f30b51d9842acc2209b3bc8fbe3589b1e24853d415492a621c972a81"}""";
  }

  @Override
  byte[] toJson(LeaseRecord value) {
    return LeaseParser.toJson(value);
  }

  @Override
  LeaseRecord fromJson(byte[] json, String file) {
    return LeaseParser.fromJson(json, file);
  }
}
