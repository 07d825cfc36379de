package dev.braid.driver;

import dev.braid.jobs.TrainJob;
import dev.braid.jobs.Training;
import dev.braid.jobs.WeightsRef;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;

/** The stage that trains a request's expert from the base. */
final class Train {
  private final TrainJob job;
  private final ParameterSpace space;
  private final Narrator narrator;

  Train(TrainJob job, ParameterSpace space, Narrator narrator) {
    this.job = job;
    this.space = space;
    this.narrator = narrator;
  }

  /** The digest of the expert's delta. */
  Digest run(Request request, Digest dataset) {
    Training training =
        new Training(
            space,
            dataset,
            request.templates().get(0),
            request.training(),
            new WeightsRef.Base(),
            request.rounds().replicas(),
            request.rounds().steps());
    return job.run(
        training, (step, steps, loss) -> narrator.training(request.task(), step, steps, loss));
  }
}
