package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.model.record.Prototypes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

final class PrototypesParserTest extends ParserContract<Prototypes> {
  @Override
  Prototypes value() {
    return new Prototypes(
        new TaskId("dtd"), List.of("braided", "woven"), 2, new float[] {0, 1, -0.6f, 0.8f});
  }

  /** 1.0 is 00 00 80 3F; -0.6 is 9A 99 19 BF; 0.8 is CD CC 4C 3F. */
  @Override
  String golden() {
    return """
           {"class-names":["braided","woven"],"dimension":2,"task":"dtd",\
           "vectors":["AAAAAAAAgD8=","mpkZv83MTD8="]}""";
  }

  @Override
  byte[] toJson(Prototypes value) {
    return PrototypesParser.toJson(value);
  }

  @Override
  Prototypes fromJson(byte[] json, String file) {
    return PrototypesParser.fromJson(json, file);
  }

  @Property(tries = 100)
  void fromJson_ofWritten_isTheSame(@ForAll @Size(6) float[] vectors) {
    Prototypes prototypes = new Prototypes(new TaskId("x"), List.of("a", "b", "c"), 2, vectors);

    assertThat(fromJson(toJson(prototypes), "f")).isEqualTo(prototypes);
  }
}
