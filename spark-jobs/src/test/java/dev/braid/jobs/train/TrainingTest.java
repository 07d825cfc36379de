package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.WeightsRef;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.DatasetRecord;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The digest by which a store finds a finished training. */
class TrainingTest {
  private static final ParameterSpace SPACE =
      new ParameterSpace(
          Digest.of("base"),
          new ParameterKind.Full(),
          List.of(new TensorSpec("w", List.of(2L, 3L))));

  private static final DatasetRecord PICTURES =
      new DatasetRecord(
          Digest.of("pictures"),
          List.of("cat", "dog"),
          new DatasetRecord.Rows(2, 0, 2),
          4,
          List.of(new DatasetRecord.PictureFile(Digest.of("file"), 100)));

  @Test
  void inputs_ofAPlainTraining_neverChange() {
    TrainSettings settings = new TrainSettings(64, 1000, 100, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0.1, 7);
    Training training =
        new Training(SPACE, Digest.of("record"), "a {c}", settings, new WeightsRef.Base(), 1, 50);

    assertThat(training.inputs(PICTURES))
        .hasToString("1b62281a6dedd004365d41e9df45b3bbc7b5cc64991cff5ad3d7522040833723");
  }

  @Test
  void inputs_ofAnAlignedTrainingInBfloat16_neverChange() {
    TrainSettings settings =
        new TrainSettings(64, 16, Compute.BFLOAT16, 1000, 100, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0.1, 7);
    Training training =
        new Training(
            SPACE,
            Digest.of("record"),
            "a {c}",
            settings,
            new WeightsRef.Tuned(SPACE, Digest.of("delta")),
            1,
            50,
            new Alignment(0.5, 100, Alignment.Reset.GLOBAL));

    assertThat(training.inputs(PICTURES))
        .hasToString("0f0a63e111f2a9f52a4c55912057cd2fc55adb8e7a0ae267c9a2257c511b1dfd");
  }
}
