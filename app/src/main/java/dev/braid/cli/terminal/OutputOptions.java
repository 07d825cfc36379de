package dev.braid.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.braid.jobs.stage.ProgressListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options about what a command says, which every command has. */
public final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Make the last line of the output the result as JSON.")
  boolean json;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  boolean verbose; // Failures reads it, on any command line

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Where the command speaks to. */
  public Console console() {
    return new Console(command().getOut(), command().getErr(), json);
  }

  /** Tells how a run goes, beside what the command says. */
  ProgressListener progress() {
    return LiveProgress.to(command().getOut());
  }

  private CommandLine command() {
    return requireNonNull(spec, "spec is null").commandLine();
  }
}
