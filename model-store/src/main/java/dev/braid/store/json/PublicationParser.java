package dev.braid.store.json;

import dev.braid.model.record.Publication;
import java.util.Optional;

/** The JSON of a version's provenance. */
public final class PublicationParser {
  private static final String USER = "user";
  private static final String HOST = "host";
  private static final String CODE_VERSION = "code-version";
  private static final String SETTINGS = "settings";
  private static final String SPARK_APPLICATION = "spark-application";

  private PublicationParser() {}

  public static byte[] toJson(Publication publication) {
    return new JsonObject()
        .with(USER, publication.user())
        .with(HOST, publication.host())
        .with(CODE_VERSION, publication.codeVersion())
        .with(SETTINGS, publication.settings())
        .with(SPARK_APPLICATION, publication.sparkApplication())
        .bytes();
  }

  /**
   * The provenance of this text.
   *
   * @throws StoreFormatException if a field is invalid
   */
  public static Publication fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, PublicationParser::publication);
  }

  private static Publication publication(JsonFields fields) {
    return new Publication(
        fields.string(USER),
        fields.string(HOST),
        fields.string(CODE_VERSION),
        fields.digest(SETTINGS),
        fields.has(SPARK_APPLICATION)
            ? Optional.of(fields.string(SPARK_APPLICATION))
            : Optional.empty());
  }
}
