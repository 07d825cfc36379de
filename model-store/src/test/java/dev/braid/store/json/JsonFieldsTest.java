package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class JsonFieldsTest {
  private static void refuses(String json, Function<JsonFields, ?> reader, String message) {
    ThrowingCallable reading = () -> JsonFields.read(json.getBytes(UTF_8), "f", reader);
    assertThatThrownBy(reading)
        .isInstanceOf(StoreFormatException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_whatIsNoObject_isRefused() {
    refuses("", f -> "", "Cannot read f: it is not a JSON object");
    refuses("[]", f -> "", "Cannot read f: it is not a JSON object");
    refuses("{\"a\":", f -> "", "Cannot read f: it is not JSON (Unexpected end");
    refuses("{} {}", f -> "", "Cannot read f: it is not JSON (Trailing token");
    refuses("{\"a\":1,\"a\":2}", f -> f.integer("a"), "Cannot read f: it is not JSON (Duplicate");
  }

  @Test
  void read_otherTypes_nameTheField() {
    refuses(
        "{\"a\":{\"b\":[1,\"x\"]}}",
        f -> f.object("a", a -> a.integers("b")),
        "Cannot read f: field 'a.b[1]' is not a whole number");
    refuses("{\"a\":1.5}", f -> f.integer("a"), "Cannot read f: field 'a' is not a whole number");
    refuses(
        "{\"a\":9223372036854775808}",
        f -> f.integer("a"),
        "Cannot read f: field 'a' is not a whole number");
    refuses(
        "{\"a\":2147483648}",
        f -> f.smallInteger("a"),
        "Cannot read f: field 'a' is too large: 2147483648");
    refuses(
        "{\"a\":{\"b\":1,\"c\":2}}",
        f -> f.object("a", a -> a.integer("b")),
        "Cannot read f: field 'a.c' is unknown");
    refuses("{\"a\":\"x\"}", f -> f.digest("a"), "Cannot read f: Invalid digest: x");
    refuses("{\"a\":\"noon\"}", f -> f.instant("a"), "Cannot read f: Text 'noon'");
  }
}
