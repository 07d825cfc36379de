package dev.braid.cli.export;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.cli.terminal.VersionOption;
import dev.braid.inference.WeightsRef;
import dev.braid.model.Check;
import dev.braid.model.ParameterKind;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.ModelFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
          + " the version and, for a task, the class names, the labels in the prompts and the"
          + " templates; README.md is a model card that shows how to use them. Other files of the"
          + " base's directory, such as its licence, come back unchanged; its README.md as"
          + " README.base.md.",
      "",
      "--router writes one JSON file with everything but the models: the statistics, calibrations"
          + " and thresholds with which the version chooses experts and mixes their answers, for"
          + " another runtime.",
      "",
      "--adapter writes the low-rank adapter alone, in the layout of the PEFT library; it belongs"
          + " to the directory that --base writes.",
      ""
    })
public final class ExportCommand implements Callable<Integer> {
  private static final String ORIGIN = "braid.json";
  private static final String CARD = "README.md";
  private static final String BASE_CARD = "README.base.md";

  @Option(names = "--task", paramLabel = "TASK", description = "The task whose expert to write.")
  @Nullable String task;

  @Option(names = "--base", description = "Write the base as it was imported instead.")
  boolean base;

  @Option(
      names = "--adapter",
      description = "Write the task's LoRA adapter alone, for the PEFT library.")
  boolean adapter;

  @Option(
      names = "--router",
      description = "Write how the version chooses experts and mixes their answers, as JSON.")
  boolean router;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PATH",
      description =
          "A new or empty folder, or for --router a new file; it appears once it is complete.")
  Path folder = Path.of("");

  @Mixin VersionOption requested = new VersionOption();

  @Mixin GlobalOptions options = new GlobalOptions();

  /** What is written: a model and its origin. */
  private record Export(String name, Weights weights, JsonObject origin) {}

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    ModelStore store = ModelStore.open(settings.location());
    if (router) {
      return router(store, settings).code();
    }
    Export export = base ? base(store) : expert(store, settings);
    long parameters = export.weights().tensors().stream().mapToLong(TensorSpec::size).sum();
    Console console = options.console();
    console.line("Wrote %s, %,d parameters, to %s.", export.name(), parameters, folder);
    console.result(export.origin().with("to", folder).with("parameters", parameters));
    return ExitCode.DONE.code();
  }

  private ExitCode router(ModelStore store, Settings settings) throws IOException {
    if (task != null || adapter || base) {
      throw new SettingsException("Give --router alone: it is the same for all tasks of a version");
    }
    Version version = requested.of(store.versions(settings.line()));
    ModelRecord model = store.records().model(version.model());
    byte[] json = new RouterJson(store, version, model).json().bytes();
    Check.argument(!Files.exists(folder), "Cannot write %s: it exists already", folder);
    Path unfinished =
        Files.createTempFile(
            folder.toAbsolutePath().getParent(), folder.getFileName() + ".unfinished-", "");
    try {
      Files.write(unfinished, json);
      Files.move(unfinished, folder);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Console console = options.console();
    console.line(
        "Wrote the router of version %s, %s bytes, to %s.", version.number(), json.length, folder);
    console.result(
        new JsonObject()
            .with("line", version.line())
            .with("version", version.number())
            .with("model", version.model())
            .with("to", folder));
    return ExitCode.DONE;
  }

  private Export base(ModelStore store) throws IOException {
    if (task != null || adapter || requested.isNumbered()) {
      throw new SettingsException(
          "Give --base alone: the base is the same for all tasks and versions");
    }
    JsonObject origin = new JsonObject().with("base", store.baseDigest());
    Weights weights = store.weights().base();
    Map<String, byte[]> files = files(store);
    files.put(ORIGIN, origin.bytes());
    ModelFamily.supported().writeNew(folder, weights, files);
    return new Export("the base", weights, origin);
  }

  private Export expert(ModelStore store, Settings settings) throws IOException {
    Version version = requested.of(store.versions(settings.line()));
    ModelRecord model = store.records().model(version.model());
    Optional<Learned> learned = learned(version, model);
    ExpertOrigin origin =
        new ExpertOrigin(
            version,
            model,
            learned.map(found -> store.records().task(found.record())),
            model.tasks().stream().map(each -> store.records().task(each.record())).toList());
    return adapter ? adapter(store, origin, learned) : whole(store, origin, learned);
  }

  private Export whole(ModelStore store, ExpertOrigin origin, Optional<Learned> learned)
      throws IOException {
    ModelRecord model = origin.model();
    Weights weights =
        learned
            .map(found -> store.weights().expert(model, found.task()))
            .orElseGet(() -> WeightsRef.ofAll(model).weights(store));
    Map<String, byte[]> files = files(store);
    Optional.ofNullable(files.remove(CARD)).ifPresent(card -> files.putIfAbsent(BASE_CARD, card));
    files.put(CARD, new ModelCard(origin, /* isAdapter= */ false, files.keySet()).bytes());
    files.put(ORIGIN, origin.json().bytes());
    ModelFamily.supported().writeNew(folder, weights, files);
    return new Export(name(origin), weights, origin.json());
  }

  private Export adapter(ModelStore store, ExpertOrigin origin, Optional<Learned> learned)
      throws IOException {
    ModelRecord model = origin.model();
    if (!(model.space().kind() instanceof ParameterKind.Adapter kind)) {
      throw new SettingsException(
          "Cannot write an adapter: the tasks of line %s train all weights (leave out --adapter)"
              .formatted(origin.version().line()));
    }
    Learned any =
        learned
            .or(() -> model.tasks().stream().findFirst())
            .orElseThrow(
                () -> new SettingsException("Cannot write an adapter: no task is learned"));
    Weights factors = store.weights().adapter(model, any.task());
    Map<String, byte[]> files = new TreeMap<>();
    Set<String> kept = store.info().keptFiles().keySet();
    files.put(CARD, new ModelCard(origin, /* isAdapter= */ true, kept).bytes());
    files.put(ORIGIN, origin.json().bytes());
    new PeftAdapter(kind, factors).writeNew(folder, files);
    return new Export("the adapter of " + name(origin), factors, origin.json());
  }

  private static String name(ExpertOrigin origin) {
    int version = origin.version().number();
    return origin
        .task()
        .map(record -> "the expert for %s of version %s".formatted(record.task(), version))
        .orElseGet(() -> "the model of version %s".formatted(version));
  }

  /** The task that is asked for; none for the model of all tasks. */
  private Optional<Learned> learned(Version version, ModelRecord model) {
    if (task == null && model.isOneForAll()) {
      return Optional.empty();
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
    return Optional.of(found);
  }

  private static String tasks(ModelRecord model) {
    return model.tasks().isEmpty()
        ? "nothing yet"
        : model.tasks().stream()
            .map(learned -> learned.task().toString())
            .collect(Collectors.joining(", "));
  }

  /** The files of the base's directory: those that define the model, and the others. */
  private static Map<String, byte[]> files(ModelStore store) {
    Map<String, byte[]> files = new TreeMap<>(store.keptFiles());
    store.base().files().keySet().forEach(name -> files.put(name, store.baseFile(name)));
    return files;
  }
}
