package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.line.LineSettings;
import dev.braid.model.TensorSpec;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.Checkpoint;
import dev.braid.vlm.ModelFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a store for a base. */
@Command(
    name = "init",
    header = "Make a store for a base.",
    sortOptions = false,
    description = {
      "Imports a CLIP as the base of a new store, for the store's life.",
      "",
      "The base is a Hugging Face directory: config.json, model.safetensors (or shards and their"
          + " index), tokenizer.json (or vocab.json and merges.txt) and preprocessor_config.json;"
          + " or one of OpenCLIP's with open_clip_config.json, open_clip_model.safetensors and"
          + " tokenizer.json. They are checked against each other.",
      "",
      "Next: 'braid add' puts a first task in the inbox.",
      ""
    })
public final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--base",
      required = true,
      paramLabel = "DIR",
      description = "The CLIP directory to start from.")
  Path base = Path.of("");

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "How the store's lines merge their tasks: condu (an expert a task) or pam (one model for"
              + " all, trained task after task). Default: braid.line.strategy, 'condu'.")
  @Nullable String strategy;

  @Option(
      names = "--train",
      paramLabel = "KIND",
      description =
          "What a task trains: full (all weights) or lora (adapters). Default: braid.line.train,"
              + " 'full'.")
  @Nullable String train;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    options.assign("line.strategy", strategy);
    options.assign("line.train", train);
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = create(settings, base);
    long parameters = store.base().tensors().stream().mapToLong(TensorSpec::size).sum();
    console.line(
        "Made the store %s on a base of %,d parameters.", settings.location().root(), parameters);
    console.line("Next: braid add TASK.conf --store %s", settings.location().root());
    console.result(
        new JsonObject()
            .with("store", settings.location().root())
            .with("base", store.baseDigest())
            .with("parameters", parameters));
    return ExitCode.DONE.code();
  }

  /** Makes the store that the settings describe, for the CLIP in the directory. */
  public static ModelStore create(Settings settings, Path base) throws IOException {
    LineSettings line = settings.lineSettings();
    Checkpoint checkpoint = ModelFamily.supported().open(base);
    line.check(checkpoint.weights().tensors());
    return ModelStore.create(
        settings.location(),
        checkpoint.weights(),
        checkpoint.files(),
        settings.cut(),
        line.toMap());
  }
}
