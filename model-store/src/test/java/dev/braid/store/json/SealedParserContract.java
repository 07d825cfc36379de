package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Digest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a parser of files promises that end with a seal; the golden seals are sha256sum's. */
abstract class SealedParserContract<T> extends ParserContract<T> {
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

  @Test
  void fromJson_anyFlippedBit_isRefused() {
    byte[] json = toJson(value());
    for (int bit = 0; bit < 8 * json.length; bit++) {
      byte[] flipped = json.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> fromJson(flipped, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read some/file: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void fromJson_changedText_namesTheSealAndFsck() {
    byte[] json = toJson(value());
    json[2] ^= 1;

    assertThatThrownBy(() -> fromJson(json, "some/file"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessage(
            "Cannot read some/file: it does not end with the SHA-256 of its content ('braid fsck'"
                + " reports what that affects)");
  }

  @Test
  void fromJson_cutShort_isRefused() {
    byte[] json = toJson(value());
    for (int length = 0; length < json.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(json, length);

      assertThatThrownBy(() -> fromJson(cut, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read some/file: ");
    }
  }
}
