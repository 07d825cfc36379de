package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.cli.terminal.VersionOption;
import dev.braid.inference.WeightsRef;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.ModelFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an expert of a version, or the base, in a format that other programs read. */
@Command(
    name = "export",
    header = "Write an expert as a Hugging Face CLIP directory.",
    sortOptions = false,
    description = {
      "Writes a version's expert for one task as a Hugging Face CLIP directory: the base weights"
          + " plus the task's part of the merged model, with adapters folded in. CLIP programs and"
          + " 'braid init' can read it.",
      "",
      "A version has one expert per task, so name the task; with strategy pam one model serves all"
          + " tasks and needs no name. --base writes the base. braid.json in the directory records"
          + " the version and, for a task, the class names and the prompts.",
      ""
    })
final class ExportCommand implements Callable<Integer> {
  private static final String ORIGIN = "braid.json";

  @Option(names = "--task", paramLabel = "TASK", description = "The task whose expert to write.")
  @Nullable String task;

  @Option(names = "--base", description = "Write the base as it was imported instead.")
  boolean base;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "A new or empty folder; it appears once it is complete.")
  Path folder = Path.of("");

  @Mixin VersionOption requested = new VersionOption();

  @Mixin GlobalOptions options = new GlobalOptions();

  /** What is written: a model and its origin. */
  private record Export(String name, Weights weights, JsonObject origin) {}

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    ModelStore store = ModelStore.open(settings.location());
    Export export = base ? base(store) : expert(store, settings);
    ModelFamily.supported().writeNew(folder, export.weights(), files(store, export.origin()));
    long parameters = export.weights().tensors().stream().mapToLong(TensorSpec::size).sum();
    Console console = options.console();
    console.line("Wrote %s, %,d parameters, to %s.", export.name(), parameters, folder);
    console.result(export.origin().with("to", folder).with("parameters", parameters));
    return ExitCode.DONE.code();
  }

  private Export base(ModelStore store) {
    if (task != null || requested.isNumbered()) {
      throw new SettingsException(
          "Give --base alone: the base is the same for all tasks and versions");
    }
    JsonObject origin = new JsonObject().with("base", store.baseDigest());
    return new Export("the base", store.weights().base(), origin);
  }

  private Export expert(ModelStore store, Settings settings) {
    Version version = requested.of(store.versions(settings.line()));
    ModelRecord model = store.records().model(version.model());
    if (task == null && model.isOneForAll()) {
      return new Export(
          "the model of version %s".formatted(version.number()),
          WeightsRef.ofAll(model).weights(store),
          origin(version, model));
    }
    if (task == null) {
      throw new SettingsException(
          "Give --task or --base: version %s has an expert for each of its tasks (%s)"
              .formatted(version.number(), tasks(model)));
    }
    TaskId id = new TaskId(task);
    Learned found =
        model
            .learned(id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot export %s: version %s of line %s has not learned it (it knows %s)"
                            .formatted(id, version.number(), version.line(), tasks(model))));
    return new Export(
        "the expert for %s of version %s".formatted(id, version.number()),
        store.weights().expert(model, id),
        origin(version, model, store.records().task(found.record())));
  }

  private static String tasks(ModelRecord model) {
    return model.tasks().isEmpty()
        ? "nothing yet"
        : model.tasks().stream()
            .map(learned -> learned.task().toString())
            .collect(Collectors.joining(", "));
  }

  private static JsonObject origin(Version version, ModelRecord model) {
    return new JsonObject()
        .with("base", model.base())
        .with("line", version.line())
        .with("version", version.number())
        .with("model", version.model());
  }

  private static JsonObject origin(Version version, ModelRecord model, TaskRecord record) {
    return origin(version, model)
        .with("task", record.task())
        .with("class-names", record.classNames(), name -> name)
        .with("templates", record.templates(), template -> template);
  }

  private static Map<String, byte[]> files(ModelStore store, JsonObject origin) {
    Map<String, byte[]> files = new TreeMap<>();
    store.base().files().keySet().forEach(name -> files.put(name, store.baseFile(name)));
    files.put(ORIGIN, origin.bytes());
    return files;
  }
}
