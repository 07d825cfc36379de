package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.Version;
import dev.braid.model.Version.InboxEntry;
import dev.braid.model.Version.SetAside;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VersionParserTest extends ParserContract<Version> {
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

  /** The seal was made by sha256sum. */
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
  byte[] finished(ObjectNode changed) throws IOException {
    String text = new ObjectMapper().writeValueAsString(changed.without("sha-256"));
    String open = text.substring(0, text.length() - 1);
    return "%s,\"sha-256\":\"%s\"}".formatted(open, Digest.of(open)).getBytes(UTF_8);
  }

  @Override
  ObjectNode fields() throws IOException {
    return super.fields().without("sha-256");
  }

  @Override
  byte[] toJson(Version value) {
    return VersionParser.toJson(value);
  }

  @Override
  Version fromJson(byte[] json, String file) {
    return VersionParser.fromJson(json, file);
  }

  @Test
  void fromJson_anyFlippedBit_isRefused() {
    byte[] json = toJson(value());
    for (int i = 0; i < json.length; i++) {
      byte[] flipped = json.clone();
      flipped[i] ^= 1;

      assertThatThrownBy(() -> fromJson(flipped, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessage("Cannot read some/file: it does not end with the SHA-256 of what it says");
    }
  }

  @Test
  void fromJson_cutShort_isRefused() {
    assertThatThrownBy(() -> fromJson(new byte[] {'{'}, "some/file"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessageContaining("it does not end with the SHA-256");
  }
}
