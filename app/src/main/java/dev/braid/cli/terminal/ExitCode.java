package dev.braid.cli.terminal;

import dev.braid.model.record.RunRecord;

/** How a command ended, for the scheduler that started it. */
public enum ExitCode {
  /** Everything requested is done. */
  DONE(0),
  /** Something broke; the message says what. */
  FAILED(1),
  /** The command line or a setting is wrong. */
  WRONG_USAGE(2),
  /** The input was refused; the store is unchanged. */
  REFUSED_INPUT(3),
  /** Another run was faster; run again. */
  CONFLICT(4),
  /** Done, but some of the input was refused: tasks, or files; the output names them. */
  DONE_WITH_REFUSALS(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** How a run ended; one that was cancelled has failed, for whoever called it. */
  public static ExitCode of(RunRecord.Ending ending) {
    return switch (ending) {
      case DONE -> DONE;
      case REFUSED -> DONE_WITH_REFUSALS;
      case FAILED, STOPPED -> FAILED;
      case CONFLICT -> CONFLICT;
    };
  }

  /** The number the process exits with. */
  public int code() {
    return code;
  }
}
