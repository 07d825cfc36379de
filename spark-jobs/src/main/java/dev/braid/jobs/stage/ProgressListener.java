package dev.braid.jobs.stage;

/** Receives the progress of a run; several threads may call it at once. */
public interface ProgressListener {
  /** Ignores all progress. */
  ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void say(String line) {}

        @Override
        public void training(String label, int step, int steps, float loss) {}
      };

  /** Reports one line about a finished action. */
  void say(String line);

  /**
   * Reports the step that a training has reached.
   *
   * @param label the task's name, or a longer name that says who trains the task
   */
  void training(String label, int step, int steps, float loss);
}
