package dev.braid.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.Candidates;
import dev.braid.inference.classify.ModelVersion;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.inference.classify.Prediction.Answered;
import dev.braid.inference.statistics.TaskProbability;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The API for programs on the JVM. */
class BraidModelTest extends PredictFixture {
  private static final int THREADS = 8;

  private static List<byte[]> pictures() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (TaskId task : List.of(COLOURS, STRIPES)) {
      for (Path file : files(task)) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    return pictures;
  }

  @Test
  void classify_fromManyThreadsWithOneExpertInMemory_saysWhatOneThreadSays() throws Exception {
    List<byte[]> pictures = pictures();
    for (LineId line : List.of(MAIN, PROTOTYPES)) {
      List<Prediction> expected;
      try (BraidModel alone = BraidModel.open(location)) {
        expected = alone.head(line).classifier().build().classify(pictures);
      }
      try (BraidModel model = BraidModel.open(location, Device.CPU, 1)) {
        PictureClassifier classifier = model.head(line).classifier().build();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<List<Prediction>> run =
            () -> {
              start.await();
              List<Prediction> said = classifier.classify(pictures);
              assertThat(model.openExperts()).isLessThanOrEqualTo(1);
              return said;
            };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<List<Prediction>>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          all.add(threads.submit(run));
        }
        for (Future<List<Prediction>> each : all) {
          assertThat(each.get()).isEqualTo(expected);
        }
        threads.shutdown();
      }
    }
  }

  @Test
  void classify_ofPicturesEncodedAlone_saysOfEachWhatItSaysOfItAlone() throws IOException {
    List<byte[]> pictures = pictures();
    for (LineId line : List.of(MAIN, PROTOTYPES, PAM)) {
      try (BraidModel model = BraidModel.open(location, Device.CPU, 2, /* encodedTogether= */ 1)) {
        PictureClassifier classifier = model.head(line).classifier().build();
        List<Prediction> alone = pictures.stream().map(classifier::classify).toList();
        assertThat(classifier.classify(pictures)).isEqualTo(alone);
      }
    }
  }

  @Test
  void load_ofAVersion_opensItsNewestExperts() {
    try (BraidModel model = BraidModel.open(location)) {
      assertThat(model.lines()).containsExactly(MAIN, PAM, PROTOTYPES);
      model.head(MAIN).load(1);
      assertThat(model.openExperts()).isEqualTo(1);
      model.head(MAIN).load(2);
      assertThat(model.openExperts()).isEqualTo(2);
    }
  }

  @Test
  void classify_withStatistics_runsTheBaseAndTheChosenExperts() throws IOException {
    try (BraidModel model = BraidModel.open(location)) {
      assertThat(model.head(MAIN).classifier().build().classify(pictures()))
          .allSatisfy(
              prediction -> {
                Answered answered = (Answered) prediction;
                assertThat(answered.forwards()).isEqualTo(1 + answered.experts().size());
                assertThat(answered.best()).hasSizeBetween(1, 5);
                assertThat(answered.label().task()).isPresent();
                double sum =
                    answered.best().stream().mapToDouble(Prediction.Label::probability).sum();
                assertThat(sum).isBetween(0.0, 1.0 + 1e-9);
              });
    }
  }

  @Test
  void classify_withStatistics_tellsHowProbableEachTaskIs() throws IOException {
    try (BraidModel model = BraidModel.open(location)) {
      for (Prediction each : model.head(MAIN).classifier().build().classify(pictures())) {
        Answered answered = (Answered) each;
        List<TaskProbability> tasks = answered.tasks();
        assertThat(tasks)
            .extracting(TaskProbability::task)
            .containsExactlyInAnyOrder(COLOURS, STRIPES);
        assertThat(tasks.get(0).task()).isEqualTo(answered.experts().get(0));
        assertThat(tasks.get(0).probability()).isGreaterThanOrEqualTo(tasks.get(1).probability());
        assertThat(tasks.stream().mapToDouble(TaskProbability::probability).sum())
            .isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void classify_withoutPosteriors_tellsNoTasks() throws IOException {
    byte[] picture = pictures().get(0);
    try (BraidModel model = BraidModel.open(location)) {
      for (PictureClassifier each :
          List.of(
              model.head(MAIN).classifier().task(COLOURS).build(),
              model.head(PROTOTYPES).classifier().build(),
              model.head(PAM).classifier().build())) {
        assertThat(((Answered) each.classify(picture)).tasks()).isEmpty();
      }
    }
  }

  @Test
  void version_thatCannotBeUsed_isRefusedInOneSentence() {
    try (BraidModel model = BraidModel.open(location)) {
      assertThatThrownBy(() -> model.version(MAIN, 99))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Line main has no version 99 ('braid log' lists them)");
      assertThatThrownBy(() -> model.head(new LineId("other")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Line other has no version yet");
      ModelVersion head = model.head(MAIN);
      assertThatThrownBy(() -> head.classifier().task(new TaskId("birds")).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Invalid task: birds (version 2 has learned [colours, stripes])");
      assertThatThrownBy(() -> Candidates.Names.of(List.of("a b", "A_b")))
          .hasMessage("Invalid class names: 'a b' and 'A_b' are the same name");
      assertThatThrownBy(() -> Candidates.Names.of(List.of("a", " ")))
          .hasMessage("Invalid class name: ' ' (not blank)");
      assertThatThrownBy(() -> Candidates.Names.of(List.of()))
          .hasMessage("Invalid class names: none (at least one)");
    }
  }

  @Test
  void classify_afterClosing_isRefused() throws IOException {
    BraidModel model = BraidModel.open(location);
    PictureClassifier classifier = model.head(MAIN).classifier().build();
    byte[] picture = pictures().get(0);
    assertThat(classifier.classify(picture)).isInstanceOf(Answered.class);
    model.close();
    assertThat(model.openExperts()).isZero();
    assertThatThrownBy(() -> classifier.classify(picture))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
