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

/** Writes and reads a vector beside plain files. */
@Command(
    name = "store",
    header = "Write and read a vector beside plain files.",
    sortOptions = false,
    description = {
      "Writes a vector to the store's file system and reads it, by turns with plain files of the"
          + " same bytes, and tells the speeds divided by each other. Both sides hash every byte.",
      "",
      "It works in a folder of its own beside the store, and deletes it.",
      ""
    })
final class BenchStoreCommand implements Callable<Integer> {
  private static final long MEGA = 1_000_000;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      description = "Length of the vector (default: ${DEFAULT-VALUE}, a ViT-B/16's delta).")
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
