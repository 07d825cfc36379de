package dev.braid.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.braid.bench.serve.ServeBench;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.model.Check;
import dev.braid.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares answers over HTTP with answers in a loop. */
@Command(
    name = "serve",
    header = "Compare answers over HTTP with answers in a loop.",
    sortOptions = false,
    description = {
      "Answers the pictures of a folder with the head of a line in a loop over the JVM API, and"
          + " over HTTP with 1, 8 and 64 clients on this machine, in turns. Prints the server's"
          + " throughput relative to the loop's, and the median and 99th percentile of a request.",
      ""
    })
public final class BenchServeCommand implements Callable<Integer> {
  @Option(
      names = "--pictures",
      required = true,
      paramLabel = "DIR",
      description = "A folder with pictures, at any depth.")
  @Nullable Path folder;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "The number of pictures (default: ${DEFAULT-VALUE}).")
  int count = 256;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "Turns for each number of clients (default: ${DEFAULT-VALUE}).")
  int turns = 3;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    options.assign("serve.port", "0");
    Settings settings = options.settings();
    Console console = options.console();
    List<byte[]> pictures = pictures();
    ServeBench bench =
        new ServeBench(
            settings.location(),
            settings.line(),
            ServeGroup.read(settings, Optional.empty(), Optional.empty(), Map.of()),
            pictures);
    console.line("clients  throughput/loop  pictures/s  p50 ms  p99 ms");
    for (ServeBench.Served served : bench.compare(List.of(1, 8, 64), turns)) {
      console.line(
          "%7d  %15.2f  %10.1f  %6.1f  %6.1f",
          served.clients(), served.ratio(), served.perSecond(), served.p50(), served.p99());
    }
    return ExitCode.DONE.code();
  }

  private List<byte[]> pictures() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(requireNonNull(folder, "folder"))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Check.argument(!files.isEmpty(), "Invalid --pictures %s: it has no files", folder);
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(Files.readAllBytes(files.get((int) ((long) i * files.size() / count))));
    }
    return pictures;
  }
}
