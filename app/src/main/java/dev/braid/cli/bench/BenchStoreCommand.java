package dev.braid.cli.bench;

import dev.braid.bench.StoreBench;
import dev.braid.bench.StoreComparison;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.file.Folder;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares writing and reading a vector with plain files. */
@Command(
    name = "store",
    header = "Compare writing and reading a vector with plain files.",
    sortOptions = false,
    description = {
      "Writes a vector to the store's file system and reads it, in alternation with plain files of"
          + " the same bytes, and prints the ratio of the speeds. Both sides hash every byte.",
      "",
      "It works in a separate folder next to the store, which it deletes.",
      ""
    })
final class BenchStoreCommand implements Callable<Integer> {
  private static final long MEGA = 1_000_000;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      description = "Size of the vector (default: ${DEFAULT-VALUE}, the delta of a ViT-B/16).")
  int megabytes = 600;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    if (megabytes < 1) {
      throw new SettingsException("Invalid --megabytes: %s (at least 1)".formatted(megabytes));
    }
    Folder folder =
        Folder.of(
            settings.location().root() + "-bench-" + UUID.randomUUID(),
            settings.location().options());
    StoreComparison comparison =
        new StoreBench(folder, megabytes * MEGA / Float.BYTES, console::line).compare();
    comparison.lines().forEach(console::line);
    console.result(comparison.toJson());
    return ExitCode.DONE.code();
  }
}
