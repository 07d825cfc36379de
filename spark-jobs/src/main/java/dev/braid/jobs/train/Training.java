package dev.braid.jobs.train;

import dev.braid.inference.WeightsRef;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.StageVersion;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.text.Templates;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.TrainSettingsCodec;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one training tunes, from which start, on which data, and how.
 *
 * @param dataset digest of the data set's record in the store
 * @param template the task's first template, which gives the prompts
 * @param start the base, or the base plus an earlier delta
 * @param replicas number of replicas that train in parallel, each on its own shard of the pictures
 * @param roundSteps steps of a round, after which the state is saved and the replicas are combined
 * @param alignment with the earlier delta; null for none, and always null if training starts from
 *     the base
 */
public record Training(
    ParameterSpace space,
    Digest dataset,
    String template,
    TrainSettings settings,
    WeightsRef start,
    int replicas,
    int roundSteps,
    @Nullable Alignment alignment)
    implements Serializable {
  static final StageVersion STAGE = new StageVersion("train", 1);

  public Training {
    Templates.check(template);
    Check.argument(replicas > 0, "Invalid replicas: %s (at least 1)", replicas);
    Check.argument(roundSteps > 0, "Invalid steps of a round: %s (at least 1)", roundSteps);
    alignment = start instanceof WeightsRef.Base ? null : alignment; // there is no earlier delta
    Check.argument(
        alignment == null || replicas == 1,
        "Cannot align a training of %s replicas: each replica would be reset on its own, and the"
            + " outer step would undo that; set replicas to 1",
        replicas);
  }

  /** A training without alignment. */
  public Training(
      ParameterSpace space,
      Digest dataset,
      String template,
      TrainSettings settings,
      WeightsRef start,
      int replicas,
      int roundSteps) {
    this(space, dataset, template, settings, start, replicas, roundSteps, /* alignment= */ null);
  }

  /** The digest of everything the delta depends on. */
  Digest inputs(DatasetRecord pictures) {
    JsonObject inputs =
        STAGE
            .inputs()
            .with("space", space.digest())
            .with("data-set", pictures.content())
            .with("template", template)
            .with("settings", TrainSettingsCodec.toJson(settings))
            .with("start", start.key())
            .with("replicas", replicas)
            // With one replica there is no outer step, so the length of a round has no effect.
            .with("round-steps", replicas > 1 ? roundSteps : 0)
            .with("alignment", Optional.ofNullable(alignment).map(Training::json));
    return Digest.of(inputs.bytes());
  }

  private static JsonObject json(Alignment alignment) {
    return new JsonObject()
        .with("share", alignment.share())
        .with("every", alignment.every())
        .with("reset", alignment.reset().label());
  }

  List<String> prompts(DatasetRecord pictures) {
    return pictures.classNames().stream().map(name -> Templates.fill(template, name)).toList();
  }
}
