package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.Version;
import dev.braid.model.Version.InboxEntry;
import dev.braid.model.Version.SetAside;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** The JSON of a version's manifest, sealed with the SHA-256 of all before the seal. */
public final class VersionParser {
  private static final String LINE = "line";
  private static final String NUMBER = "number";
  private static final String PARENT = "parent";
  private static final String TIME = "time";
  private static final String ACTION = "action";
  private static final String MODEL = "model";
  private static final String TAKEN = "taken";
  private static final String SET_ASIDE = "set-aside";
  private static final String EVALUATION = "evaluation";
  private static final String PROVENANCE = "provenance";
  private static final String TASK = "task";
  private static final String FILE = "file";
  private static final String REASON = "reason";
  private static final String SEAL = ",\"sha-256\":\"%s\"}";

  /** The seal takes the place of the object's closing brace. */
  private static final int SEAL_LENGTH = SEAL.length() - "%s".length() + 64;

  private VersionParser() {}

  /** The manifest's canonical JSON with its seal. */
  public static byte[] toJson(Version version) {
    byte[] open = withoutLast(unsealed(version), 1);
    byte[] seal = SEAL.formatted(Digest.of(open)).getBytes(UTF_8);
    byte[] sealed = Arrays.copyOf(open, open.length + seal.length);
    System.arraycopy(seal, 0, sealed, open.length, seal.length);
    return sealed;
  }

  private static byte[] unsealed(Version version) {
    return new JsonObject()
        .with(LINE, version.line())
        .with(NUMBER, version.number())
        .with(PARENT, version.parent().stream().boxed().findFirst())
        .with(TIME, version.time())
        .with(ACTION, version.action())
        .with(MODEL, version.model())
        .with(TAKEN, version.taken(), VersionParser::toJson)
        .with(SET_ASIDE, version.setAside(), VersionParser::toJson)
        .with(EVALUATION, version.evaluation())
        .with(PROVENANCE, version.provenance())
        .bytes();
  }

  private static JsonObject toJson(InboxEntry entry) {
    return new JsonObject()
        .with(NUMBER, entry.number())
        .with(TASK, entry.task())
        .with(FILE, entry.file());
  }

  private static JsonObject toJson(SetAside entry) {
    return new JsonObject()
        .with(FILE, entry.file())
        .with(TASK, entry.task())
        .with(REASON, entry.reason());
  }

  /**
   * The version of a manifest.
   *
   * @throws StoreFormatException if the seal is broken, or a field is not as it must be
   */
  public static Version fromJson(byte[] json, String file) {
    byte[] open = withoutLast(json, Math.min(json.length, SEAL_LENGTH));
    String seal = new String(json, open.length, json.length - open.length, UTF_8);
    if (!seal.equals(SEAL.formatted(Digest.of(open)))) {
      throw new StoreFormatException(
          "Cannot read %s: it does not end with the SHA-256 of what it says".formatted(file));
    }
    byte[] unsealed = Arrays.copyOf(open, open.length + 1);
    unsealed[open.length] = '}';
    return JsonFields.read(unsealed, file, VersionParser::version);
  }

  private static byte[] withoutLast(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  private static Version version(JsonFields fields) {
    return new Version(
        new LineId(fields.string(LINE)),
        fields.smallInteger(NUMBER),
        fields.has(PARENT) ? OptionalInt.of(fields.smallInteger(PARENT)) : OptionalInt.empty(),
        fields.instant(TIME),
        fields.string(ACTION),
        fields.digest(MODEL),
        fields.objects(TAKEN, VersionParser::inboxEntry),
        fields.objects(SET_ASIDE, VersionParser::setAside),
        optional(fields, EVALUATION),
        optional(fields, PROVENANCE));
  }

  private static Optional<Digest> optional(JsonFields fields, String key) {
    return fields.has(key) ? Optional.of(fields.digest(key)) : Optional.empty();
  }

  private static InboxEntry inboxEntry(JsonFields fields) {
    return new InboxEntry(
        fields.smallInteger(NUMBER), new TaskId(fields.string(TASK)), fields.digest(FILE));
  }

  private static SetAside setAside(JsonFields fields) {
    return new SetAside(
        fields.digest(FILE), new TaskId(fields.string(TASK)), fields.string(REASON));
  }
}
