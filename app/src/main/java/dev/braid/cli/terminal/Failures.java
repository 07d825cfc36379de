package dev.braid.cli.terminal;

import dev.braid.driver.operation.LineBusyException;
import dev.braid.jobs.stage.Stage;
import dev.braid.settings.SettingsException;
import dev.braid.store.commit.CommitConflictException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a failure into one sentence for a person and an exit code for a scheduler. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String VERBOSE = "--verbose";

  /** A logger that writes only to the file in BRAID_LOG_FILE; log4j2.properties configures it. */
  private static final String LOGGER = "dev.braid.failures";

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("braid: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
      command
          .getErr()
          .println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    }
    return ExitCode.WRONG_USAGE.code();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    Throwable cause = unwrapped(e);
    LoggerFactory.getLogger(LOGGER).debug("{} failed", command.getCommandSpec().qualifiedName(), e);
    command.getErr().println("braid: " + sentence(e));
    if (arguments.expandedArgs().contains(VERBOSE)) {
      e.printStackTrace(command.getErr());
    } else if (code(cause) == ExitCode.FAILED) {
      command.getErr().println("(The same command with --verbose shows where.)");
    }
    return code(cause).code();
  }

  /**
   * The exit code; only our own IllegalArgumentException refuses an input, a library's is a bug.
   */
  public static ExitCode code(Throwable cause) {
    if (cause instanceof SettingsException) {
      return ExitCode.WRONG_USAGE;
    }
    if (cause instanceof IllegalArgumentException && Stage.isOurs(cause)) {
      return ExitCode.REFUSED_INPUT;
    }
    return cause instanceof CommitConflictException || cause instanceof LineBusyException
        ? ExitCode.CONFLICT
        : ExitCode.FAILED;
  }

  /** The cause inside the wrappers that threads and checked signatures add. */
  private static Throwable unwrapped(Throwable e) {
    Throwable inner = e;
    while (isWrapper(inner) && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static boolean isWrapper(Throwable e) {
    return e instanceof ExecutionException
        || e instanceof CompletionException
        || e instanceof UncheckedIOException;
  }

  /** The failure in one line. */
  public static String sentence(Throwable failure) {
    Throwable e = unwrapped(failure);
    String message =
        Optional.ofNullable(e.getMessage()).filter(text -> !text.isBlank()).orElse("no message");
    String firstLine = Stream.of(message.split("\\R")).findFirst().orElse(message).strip();
    return Stage.isOurs(e)
        ? firstLine
        : "%s: %s".formatted(e.getClass().getSimpleName(), firstLine);
  }
}
