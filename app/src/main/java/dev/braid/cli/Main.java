package dev.braid.cli;

import dev.braid.cli.bench.BenchCommand;
import dev.braid.cli.classify.ClassifyCommand;
import dev.braid.cli.export.ExportCommand;
import dev.braid.cli.serve.ServeCommand;
import dev.braid.cli.terminal.CodeVersion;
import dev.braid.cli.terminal.Encoding;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.Failures;
import dev.braid.cli.terminal.ShutdownMessage;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program: one command a run, and an exit code that a scheduler can act on. */
@Command(
    name = "braid",
    mixinStandardHelpOptions = true,
    versionProvider = CodeVersion.class,
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      AddCommand.class,
      StatusCommand.class,
      LogCommand.class,
      ShowCommand.class,
      RunCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ClassifyCommand.class,
      ServeCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      CheckGpuCommand.class,
      RollbackCommand.class,
      FsckCommand.class,
      RemoveCommand.class,
      ReplaceCommand.class,
      GcCommand.class,
      PurgeCommand.class,
      HelpCommand.class
    },
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Teaches one vision-language model a new domain at a time, and keeps the old ones.",
    description = {
      "",
      "A team adds a task: a folder of pictures with class names. A run trains an expert for it on"
          + " Spark, merges it into the model, measures every task learned so far, and publishes a"
          + " new version, or says why not.",
      ""
    },
    footerHeading = "%nWhat to do next%n",
    footer = {
      "  braid demo --quick        show the whole chain on generated pictures",
      "  braid init --base DIR     create a store for your own CLIP",
      "  braid add TASK.conf       put a task in its inbox",
      "  braid run                 learn what is in the inbox",
      "  braid help COMMAND        what a command does and takes",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused input, 4 conflict (run again),"
          + " 5 done but some input was refused, 130 or 143 stopped (run again to go on)."
    })
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code; in Spark's cluster mode it returns
   * where the code is 0.
   */
  public static void main(String[] arguments) {
    Optional<String> garbled = Encoding.complaint(arguments);
    if (garbled.isPresent()) {
      System.err.println("braid: " + garbled.get());
      System.exit(ExitCode.WRONG_USAGE.code());
    }
    ShutdownMessage shutdownMessage = ShutdownMessage.watch();
    int code = ExitCode.FAILED.code();
    try {
      code = commandLine(arguments).execute(arguments);
    } catch (Throwable e) { // an Error, such as no memory: picocli hands on exceptions alone
      System.err.println("braid: " + Failures.sentence(e));
    }
    shutdownMessage.end();
    if (code != ExitCode.DONE.code() || !isInACluster()) {
      System.exit(code);
    }
  }

  /*
   * In cluster mode, Spark's own program calls this one. YARN's takes an exit that it did not ask for
   * as a failure, whatever the code, and may start the driver a second time.
   */
  private static boolean isInACluster() {
    return "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** All commands. */
  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  /**
   * The commands among which these arguments choose: only those that run without Spark if it is one
   * of them. Reading the others takes time, and needs Spark on the class path.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine small = commandLine(new WithoutSpark());
    return arguments.length > 0 && small.getSubcommands().containsKey(arguments[0])
        ? small
        : commandLine();
  }

  /** The commands that run without Spark. */
  @Command(
      name = "braid",
      subcommands = {ClassifyCommand.class, ServeCommand.class})
  private static final class WithoutSpark {}

  private static CommandLine commandLine(Object program) {
    Failures failures = new Failures();
    return new CommandLine(program)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
