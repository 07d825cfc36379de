package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;

/** The JSON of a file of the inbox. */
public final class InboxParser {
  private static final String NUMBER = "number";
  private static final String TASK = "task";
  private static final String TEXT = "text";

  private InboxParser() {}

  public static byte[] toJson(int number, TaskId task, String text) {
    return Seal.set(
        new JsonObject().with(NUMBER, number).with(TASK, task).with(TEXT, text).bytes());
  }

  public static InboxFile fromJson(byte[] json, String file) {
    return JsonFields.read(
        Seal.liftIfSet(json, file), file, fields -> inboxFile(fields, Digest.of(json)));
  }

  private static InboxFile inboxFile(JsonFields fields, Digest digest) {
    return new InboxFile(
        fields.smallInteger(NUMBER), new TaskId(fields.string(TASK)), fields.string(TEXT), digest);
  }
}
