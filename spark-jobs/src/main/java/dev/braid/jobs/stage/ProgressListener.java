package dev.braid.jobs.stage;

import dev.braid.model.TaskId;

/** Is told what a run does, by several threads at once. */
public interface ProgressListener {
  /** Tells nobody. */
  ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void say(String line) {}

        @Override
        public void training(TaskId task, int step, int steps, float loss) {}
      };

  /** Something was done. */
  void say(String line);

  /** A training came to a step. */
  void training(TaskId task, int step, int steps, float loss);
}
