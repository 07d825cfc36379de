package dev.braid.store.json;

import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

final class VersionParserTest extends SealedParserContract<Version> {
  @Override
  Version value() {
    return new Version(
        LineId.MAIN,
        2,
        OptionalInt.of(1),
        Instant.parse("2026-11-21T03:00:00.250Z"),
        "learn dtd",
        ONE,
        List.of(new InboxEntry(1, new TaskId("dtd"), TWO)),
        List.of(new SetAside(ONE, new TaskId("noise"), "at chance")),
        Optional.of(TWO),
        Optional.empty());
  }

  @Override
  String golden() {
    return """
{"action":"learn dtd","evaluation":"2…","line":"main","model":"1…","number":2,"parent":1,\
"set-aside":[{"file":"1…","reason":"at chance","task":"noise"}],\
"taken":[{"file":"2…","number":1,"task":"dtd"}],"time":"2026-11-21T03:00:00.250Z",\
"sha-256":"7d41891ac4880d771045d72c9b82a4eba9c700fe2ee84510f0b26c74ea12ec39"}""";
  }

  @Override
  Set<String> optional() {
    return Set.of("parent", "evaluation", "provenance");
  }

  @Override
  byte[] toJson(Version value) {
    return VersionParser.toJson(value);
  }

  @Override
  Version fromJson(byte[] json, String file) {
    return VersionParser.fromJson(json, file);
  }
}
