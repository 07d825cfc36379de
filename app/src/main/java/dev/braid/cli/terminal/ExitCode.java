package dev.braid.cli.terminal;

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

  /** The number the process exits with. */
  public int code() {
    return code;
  }
}
