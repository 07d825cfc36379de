package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists a line's versions. */
@Command(
    name = "log",
    header = "List the versions of a line.",
    sortOptions = false,
    description = {
      "Lists the versions of a line, newest first: number, time, model digest and action.",
      "",
      "Next: 'braid show V' describes version V.",
      ""
    })
final class LogCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    List<Version> versions = ModelStore.open(settings.location()).versions(settings.line()).all();
    if (versions.isEmpty()) {
      console.line(
          "Line %s has no version yet: 'braid add' a task, then 'braid run'.", settings.line());
    }
    for (int i = versions.size() - 1; i >= 0; i--) {
      Version version = versions.get(i);
      console.line(
          "%4d  %s  %s  %s",
          version.number(),
          TIME.format(version.time()),
          version.model().abbreviated(),
          version.action());
    }
    console.result(
        new JsonObject()
            .with("line", settings.line())
            .with("versions", versions, LogCommand::json));
    return ExitCode.DONE.code();
  }

  private static JsonObject json(Version version) {
    return new JsonObject()
        .with("number", version.number())
        .with("time", version.time())
        .with("model", version.model())
        .with("action", version.action());
  }
}
