package dev.braid.bench.merge;

import dev.braid.bench.Cost;
import dev.braid.bench.Python;
import dev.braid.bench.merge.MergeTrial.From;
import dev.braid.bench.merge.MergeTrial.Mode;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Measures the merge in alternation with its baselines. */
public final class MergeBench {
  /** The default number of rounds, enough for a median. */
  public static final int TURNS = 5;

  private final MergeTrial trial;
  private final Folder folder;
  private final Optional<Python> python;
  private final int turns;
  private final Consumer<String> progress;

  /**
   * Creates a comparison.
   *
   * @param folder the folder for the files of a merge from the store; its content is deleted
   * @param python a Python with PyTorch, to compare a one-shot merge from memory with
   */
  public MergeBench(
      MergeTrial trial,
      Folder folder,
      Optional<Python> python,
      int turns,
      Consumer<String> progress) {
    this.trial = trial;
    this.python = python;
    this.turns = turns;
    this.folder = folder;
    this.progress = progress;
  }

  /** Runs the comparison, after a warm-up that lets the JIT compile the code. */
  public MergeComparison compare() throws IOException {
    try (Slots slots = new Slots(trial.threads());
        Sides sides = sides(slots)) {
      progress.accept("warming up");
      var unused = sides.merge() + sides.sum() + sides.files();
      List<Turn> measured = new ArrayList<>();
      for (int i = 0; i < turns; i++) {
        Turn turn = turn(sides, i % 2 == 0, isPlainDue(i));
        measured.add(turn);
        progress.accept("round %d of %d: %s".formatted(i + 1, turns, turn));
      }
      return new MergeComparison(
          trial,
          measured,
          sides.bytesRead(),
          sides.bytesWritten(),
          sides.peakBytes(),
          sides.torchPeakBytes(),
          sides.tunedTorchPeakBytes());
    }
  }

  private Sides sides(Slots slots) throws IOException {
    if (trial.from() == From.STORE) {
      progress.accept("writing the inputs");
      return new InStore(trial, slots, folder);
    }
    progress.accept("drawing the inputs");
    return trial.mode() == Mode.ONE_SHOT
        ? new OneShotInMemory(trial, slots, python)
        : new StepInMemory(trial, slots);
  }

  /**
   * The simplest loops take minutes for a step with many tasks, so they run only in the first round
   * there.
   */
  private boolean isPlainDue(int turn) {
    return turn == 0 || trial.mode() == Mode.ONE_SHOT;
  }

  private static Turn turn(Sides sides, boolean mergeFirst, boolean isPlainDue) {
    double sum = mergeFirst ? 0 : sides.sum();
    Timed files = mergeFirst ? Timed.NOTHING : Timed.of(sides::files);
    Timed merge = Timed.of(sides::merge);
    double plain = isPlainDue ? sides.plain() : 0;
    if (mergeFirst) {
      sum = sides.sum();
      files = Timed.of(sides::files);
    }
    return new Turn(
        merge.seconds(),
        merge.cpu(),
        plain,
        sum,
        files.seconds(),
        files.cpu(),
        sides.torch(),
        sides.tunedTorch());
  }

  /**
   * The time of a side's work.
   *
   * @param seconds the seconds that the side reports
   * @param cpu the CPU seconds of this process meanwhile
   */
  private record Timed(double seconds, double cpu) {
    static final Timed NOTHING = new Timed(0, 0);

    static Timed of(DoubleSupplier side) {
      double[] seconds = new double[1];
      Cost cost = Cost.of(() -> seconds[0] = side.getAsDouble());
      return new Timed(seconds[0], cost.cpuSeconds());
    }
  }
}
