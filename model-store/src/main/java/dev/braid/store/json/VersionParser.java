package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import java.util.Optional;
import java.util.OptionalInt;

/** The JSON of a version's manifest. */
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
  private static final String VALIDATION = "validation";

  private VersionParser() {}

  /** The manifest's canonical JSON with its seal. */
  public static byte[] toJson(Version version) {
    return Seal.set(unsealed(version));
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
        .with(FILE, entry.file())
        .with(VALIDATION, entry.validation().map(ProportionJson::toJson));
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
   * @throws StoreFormatException if the seal is broken, or a field is invalid
   */
  public static Version fromJson(byte[] json, String file) {
    return JsonFields.read(Seal.open(json, file), file, VersionParser::version);
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
        fields.smallInteger(NUMBER),
        new TaskId(fields.string(TASK)),
        fields.digest(FILE),
        fields.has(VALIDATION)
            ? Optional.of(fields.object(VALIDATION, ProportionJson::fromJson))
            : Optional.empty());
  }

  private static SetAside setAside(JsonFields fields) {
    return new SetAside(
        fields.digest(FILE), new TaskId(fields.string(TASK)), fields.string(REASON));
  }
}
