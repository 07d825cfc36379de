package dev.braid.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.braid.jobs.stage.ProgressListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The output options that every command has. */
public final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print the result as JSON in the last line of the output.")
  boolean json;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  boolean verbose; // Failures looks for it on the command line

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Where the command prints. */
  public Console console() {
    return new Console(command().getOut(), command().getErr(), json);
  }

  /** Reports the progress of a run, in addition to the command's own output. */
  ProgressListener progress() {
    return LiveProgress.to(command().getOut());
  }

  private CommandLine command() {
    return requireNonNull(spec, "spec is null").commandLine();
  }
}
