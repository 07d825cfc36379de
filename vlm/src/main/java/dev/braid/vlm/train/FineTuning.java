package dev.braid.vlm.train;

import dev.braid.model.Check;
import dev.braid.model.Weights;
import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The training of one task: a model starts from given weights and learns the classes of images.
 *
 * <p>The same start, settings, prompts and images give the same bits, whatever the number of steps
 * per call, and whether or not a state was saved and restored between calls. A training must not be
 * used by several threads at once; any number of trainings may run concurrently.
 */
public final class FineTuning implements AutoCloseable {
  /** The most bytes of decoded images that a training keeps in the heap. */
  public static final long CACHE_BYTES = 128L << 20;

  private final Preprocessor preprocessor;
  private final TrainSettings settings;
  private final int classes;
  private final Objective objective;
  private final DecodedPictures decoded;
  private final Learner learner;
  private @Nullable Aligner aligner;

  /**
   * A training at step 0, which closes its learner.
   *
   * @param classes the number of classes; labels are below it
   */
  public FineTuning(Preprocessor preprocessor, Learner learner, int classes, Objective objective) {
    this.preprocessor = preprocessor;
    this.settings = learner.settings();
    this.classes = classes;
    this.objective = objective;
    this.decoded = new DecodedPictures(preprocessor, CACHE_BYTES);
    this.learner = learner;
  }

  /**
   * Aligns this training from now on with the weights it starts from. Call it at step 0, before a
   * saved state is restored.
   *
   * @param base in full fine-tuning, the signs of entries are relative to its tensors
   */
  public void align(Alignment alignment, Weights base) throws IOException {
    int step = state().step();
    Check.argument(step == 0, "Cannot align a training: %s steps are done (0)", step);
    aligner = learner.aligner(alignment, base);
  }

  /** Step and vectors, to save and to resume from. */
  public TrainState state() {
    return learner.state();
  }

  /**
   * Takes the next steps on these images, whose order does not matter.
   *
   * @throws CancellationException if the thread is interrupted; the step at hand is completed, and
   *     the thread stays interrupted
   * @throws TrainingDivergedException if the loss or a weight is no longer finite
   */
  public void run(int steps, List<Picture> shard, Progress progress)
      throws UndecodableImageException {
    run(steps, Pictures.of(shard), progress);
  }

  /**
   * Takes the next steps on these images, which may be elsewhere than in memory.
   *
   * @throws CancellationException if the thread is interrupted; the step at hand is completed, and
   *     the thread stays interrupted
   * @throws TrainingDivergedException if the loss or a weight is no longer finite
   */
  public void run(int steps, Pictures pictures, Progress progress)
      throws UndecodableImageException {
    check(pictures);
    Sampling sampling = new Sampling(settings.seed(), pictures.size(), settings.batch());
    for (int i = 0; i < steps; i++) {
      int step = state().step();
      checkNotInterrupted(step);
      double rate = settings.schedule().rate(step);
      int[] batch = sampling.batch(step);
      int[] labels = Arrays.stream(batch).map(pictures::label).toArray();
      float loss = learner.step(objective.of(pixels(pictures, batch, step), labels), rate);
      progress.stepped(step, loss, rate);
      alignIfDue(progress);
    }
    learner.checkFinite();
  }

  private void checkNotInterrupted(int step) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "Cancelled the training after step %s of %s: its thread was interrupted"
              .formatted(step, settings.steps()));
    }
  }

  private void alignIfDue(Progress progress) {
    if (aligner != null && aligner.isDue(settings.steps())) {
      progress.aligned(aligner.align());
    }
  }

  private void check(Pictures pictures) {
    Check.argument(pictures.size() > 0, "Cannot train: no pictures");
    for (int number = 0; number < pictures.size(); number++) {
      Check.argument(
          pictures.label(number) < classes,
          "Invalid label of picture %s: %s (below %s, the number of prompts)",
          pictures.rowId(number),
          pictures.label(number),
          classes);
    }
  }

  private float[] pixels(Pictures pictures, int[] batch, int step)
      throws UndecodableImageException {
    int length = preprocessor.length();
    float[] pixels = new float[batch.length * length];
    for (int i = 0; i < batch.length; i++) {
      preprocessor.train(
          decoded.of(pictures, batch[i]),
          settings.seed(),
          step,
          pictures.rowId(batch[i]),
          pixels,
          i * length);
    }
    return pixels;
  }

  @Override
  public void close() {
    learner.close();
  }

  /** Receives a report of every step and alignment. */
  @FunctionalInterface
  public interface Progress {
    /** Ignores all reports. */
    Progress NONE = (step, loss, rate) -> {};

    void stepped(int step, float loss, double rate);

    /** Called after each alignment. */
    default void aligned(Conflicts conflicts) {}
  }

  /** The images of a training, numbered from 0 by ascending row id. */
  public interface Pictures {
    /** The number of images. */
    int size();

    /** The rank of an image in its data set. */
    long rowId(int number);

    /** The index of its class. */
    int label(int number);

    /** The bytes of its file, which must not change. */
    byte[] encoded(int number);

    /** Images in memory, in any order. */
    static Pictures of(List<Picture> pictures) {
      return new InMemory(
          pictures.stream().sorted(Comparator.comparingLong(Picture::rowId)).toList());
    }
  }

  private record InMemory(List<Picture> pictures) implements Pictures {
    @Override
    public int size() {
      return pictures.size();
    }

    @Override
    public long rowId(int number) {
      return pictures.get(number).rowId();
    }

    @Override
    public int label(int number) {
      return pictures.get(number).label();
    }

    @Override
    public byte[] encoded(int number) {
      return pictures.get(number).encoded();
    }
  }
}
