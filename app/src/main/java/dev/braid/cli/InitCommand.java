package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.model.TensorSpec;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a store for a base. */
@Command(
    name = "init",
    header = "Create a store for a base.",
    sortOptions = false,
    description = {
      "Imports a CLIP as the base of a new store. A store never changes its base.",
      "",
      "The base is a Hugging Face directory with config.json, model.safetensors (or shards and"
          + " their index), tokenizer.json (or vocab.json and merges.txt) and"
          + " preprocessor_config.json (or processor_config.json, which transformers 5 writes), or"
          + " an OpenCLIP directory with open_clip_config.json, open_clip_model.safetensors and"
          + " tokenizer.json. The files are checked against each other. Others of up to 32 MiB that"
          + " are no weights, such as a licence, are kept for 'braid export'.",
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
          "How the store's lines merge their tasks: condu (one expert per task) or pam (one model"
              + " for all tasks, trained task after task). Default: braid.line.strategy, 'condu'.")
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
    ModelStore store = Braid.create(settings, base);
    long parameters = store.base().tensors().stream().mapToLong(TensorSpec::size).sum();
    console.line(
        "Created the store %s with a base of %,d parameters.",
        settings.location().root(), parameters);
    if (!store.info().keptFiles().isEmpty()) {
      console.line("Kept for exports: %s.", String.join(", ", store.info().keptFiles().keySet()));
    }
    console.line("Next: braid add TASK.conf --store %s", settings.location().root());
    console.result(
        new JsonObject()
            .with("store", settings.location().root())
            .with("base", store.baseDigest())
            .with("parameters", parameters));
    return ExitCode.DONE.code();
  }
}
