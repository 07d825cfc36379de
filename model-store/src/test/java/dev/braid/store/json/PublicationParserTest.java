package dev.braid.store.json;

import dev.braid.model.record.Publication;
import java.util.Optional;
import java.util.Set;

final class PublicationParserTest extends ParserContract<Publication> {
  @Override
  Publication value() {
    return new Publication("ada", "node-7", "1.0", ONE, Optional.of("local-1"));
  }

  @Override
  String golden() {
    return """
           {"code-version":"1.0","host":"node-7","settings":"1…",\
           "spark-application":"local-1","user":"ada"}""";
  }

  @Override
  byte[] toJson(Publication value) {
    return PublicationParser.toJson(value);
  }

  @Override
  Publication fromJson(byte[] json, String file) {
    return PublicationParser.fromJson(json, file);
  }

  @Override
  Set<String> optional() {
    return Set.of("spark-application");
  }
}
