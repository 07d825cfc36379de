package dev.braid.store.json.run;

import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.NewerReleaseException;
import dev.braid.store.json.Seal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON of a run. */
public final class RunParser {
  private static final int NUMBER = 1;
  private static final String FORMAT = "format";
  private static final String ID = "id";
  private static final String LINE = "line";
  private static final String STARTED = "started";
  private static final String ENDED = "ended";
  private static final String ENDING = "ending";
  private static final String REASON = "reason";
  private static final String VERSION = "version";
  private static final String TASKS = "tasks";
  private static final String TASK = "task";
  private static final String FILE = "file";
  private static final String OUTCOME = "outcome";
  private static final String REASONS = "reasons";
  private static final String SECONDS = "seconds";
  private static final String PROVENANCE = "provenance";

  private RunParser() {}

  /** The run's canonical JSON with its seal. */
  public static byte[] toJson(RunRecord run) {
    return Seal.set(fields(run).with(FORMAT, NUMBER).bytes());
  }

  /** The run as an object of a program's output. */
  public static JsonObject fields(RunRecord run) {
    return new JsonObject()
        .with(ID, run.id())
        .with(LINE, run.line())
        .with(STARTED, run.started())
        .with(ENDED, run.ended())
        .with(ENDING, run.ending().label())
        .with(REASON, run.reason())
        .with(VERSION, run.version())
        .with(TASKS, run.tasks(), RunParser::fields)
        .with(SECONDS, run.seconds())
        .with(PROVENANCE, run.provenance());
  }

  private static JsonObject fields(TaskOutcome task) {
    return new JsonObject()
        .with(TASK, task.task())
        .with(FILE, task.file())
        .with(OUTCOME, task.outcome())
        .with(REASONS, task.reasons());
  }

  /**
   * The run of a JSON text.
   *
   * @throws NewerReleaseException if a newer release wrote it
   */
  public static RunRecord fromJson(byte[] json, String file) {
    return JsonFields.read(Seal.open(json, file), file, fields -> run(fields, file));
  }

  private static RunRecord run(JsonFields fields, String file) {
    long format = fields.integer(FORMAT);
    if (format != NUMBER) {
      throw new NewerReleaseException(
          "Cannot read %s: it has format %s of a run, this release reads %s; use the release that wrote it"
              .formatted(file, format, NUMBER));
    }
    return new RunRecord(
        new RunId(fields.string(ID)),
        new LineId(fields.string(LINE)),
        fields.instant(STARTED),
        fields.instant(ENDED),
        Ending.of(fields.string(ENDING)),
        fields.has(REASON) ? Optional.of(fields.string(REASON)) : Optional.empty(),
        fields.has(VERSION) ? Optional.of(fields.smallInteger(VERSION)) : Optional.empty(),
        fields.objects(TASKS, RunParser::task),
        seconds(fields),
        fields.stringMap(PROVENANCE));
  }

  private static TaskOutcome task(JsonFields fields) {
    return new TaskOutcome(
        new TaskId(fields.string(TASK)),
        fields.digest(FILE),
        fields.string(OUTCOME),
        fields.strings(REASONS));
  }

  private static SortedMap<String, Double> seconds(JsonFields fields) {
    return new TreeMap<>(fields.float64Map(SECONDS));
  }
}
