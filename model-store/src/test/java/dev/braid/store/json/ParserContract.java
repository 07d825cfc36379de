package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every parser promises; a subclass has one value and its text, which must not change. */
abstract class ParserContract<T> {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  static final Digest ONE = new Digest("1".repeat(64));
  static final Digest TWO = new Digest("2".repeat(64));

  abstract T value();

  /** The golden text, with 1… and 2… for the two digests. */
  abstract String golden();

  abstract byte[] toJson(T value);

  abstract T fromJson(byte[] json, String file);

  /** Fields that may be missing. */
  Set<String> optional() {
    return Set.of();
  }

  /** Makes a text of changed fields one that can be read. */
  byte[] finished(ObjectNode changed) throws IOException {
    return MAPPER.writeValueAsBytes(changed);
  }

  ObjectNode fields() throws IOException {
    return (ObjectNode) MAPPER.readTree(text());
  }

  private String text() {
    return golden().replace("1…", ONE.hex()).replace("2…", TWO.hex());
  }

  @Test
  void toJson_isTheGoldenText() {
    assertThat(new String(toJson(value()), UTF_8)).isEqualTo(text());
  }

  @Test
  void fromJson_goldenText_isTheValue() {
    assertThat(fromJson(text().getBytes(UTF_8), "f")).isEqualTo(value());
  }

  @Test
  void fromJson_unknownField_isRefused() throws IOException {
    byte[] json = finished(fields().put("colour", "red"));

    assertThatThrownBy(() -> fromJson(json, "some/file"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessage("Cannot read some/file: field 'colour' is unknown");
  }

  @Test
  void fromJson_missingField_isRefused() throws IOException {
    List<String> names = new ArrayList<>();
    fields().fieldNames().forEachRemaining(names::add);
    names.removeAll(optional());
    assertThat(names).isNotEmpty();
    for (String name : names) {
      byte[] json = finished(fields().without(name));

      assertThatThrownBy(() -> fromJson(json, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessage("Cannot read some/file: field '%s' is missing", name);
    }
  }

  @Test
  void fromJson_otherType_isRefused() throws IOException {
    List<String> names = new ArrayList<>();
    fields().fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      byte[] json = finished(fields().put(name, true));

      assertThatThrownBy(() -> fromJson(json, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read some/file: field '%s' is not a", name);
    }
  }
}
