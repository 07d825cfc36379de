package dev.braid.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.LineId;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.ModelRecord.Learned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules that every task, model and version record keeps. */
final class RecordRulesTest {
  private static final Digest DIGEST = Digest.of("x");
  private static final TaskId DTD = new TaskId("dtd");
  private static final TaskId MNIST = new TaskId("mnist");

  private static ModelRecord model(Learned... tasks) {
    return new ModelRecord(
        new ParameterSpace(DIGEST, new ParameterKind.Full(), List.of(TensorSpec.of("a", 3))),
        "condu",
        MergeState.DELTAS,
        RescalerKind.TENSOR_MEAN,
        new TreeMap<>(Map.of(ModelRecord.UNIFIED, DIGEST)),
        List.of(tasks));
  }

  private static Learned learned(TaskId task, int step, float lambda) {
    return new Learned(task, DIGEST, step, List.of(lambda));
  }

  private static TaskRecord task(SortedMap<String, Digest> planes, double numerator) {
    return new TaskRecord(
        DTD,
        List.of("braided"),
        List.of("a {c}"),
        DIGEST,
        DIGEST,
        planes,
        List.of(numerator),
        DIGEST,
        new TreeMap<>(),
        7);
  }

  @Test
  void model_withTaskTwice_isRefused() {
    assertThatThrownBy(() -> model(learned(DTD, 1, 1f), learned(DTD, 2, 1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid model: task dtd twice");
  }

  @Test
  void model_whoseStepsDoNotRise_isRefused() {
    assertThatThrownBy(() -> model(learned(DTD, 2, 1f), learned(MNIST, 2, 1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid model: merge step 2 after 2");
  }

  @Test
  void learned_withRescalerThatIsNoNumber_isRefused() {
    assertThatThrownBy(() -> learned(DTD, 1, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid rescaler of task dtd: NaN (not negative)");
  }

  @Test
  void task_withNegativeNumerator_isRefused() {
    assertThatThrownBy(() -> task(new TreeMap<>(), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid numerator of task dtd: -1.0 (not negative)");
  }

  @Test
  void task_keepsItsOwnCopyOfThePlanes() {
    SortedMap<String, Digest> planes = new TreeMap<>(Map.of(TaskRecord.BIRTH, DIGEST));
    TaskRecord task = task(planes, 1);
    planes.clear();

    assertThat(task.planes()).containsOnlyKeys(TaskRecord.BIRTH);
    assertThatThrownBy(() -> task.planes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void version_notNextToItsParent_isRefused() {
    assertThatThrownBy(() -> version(3, 1, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid version number: 3 (one more than its parent 1)");
  }

  @Test
  void version_thatTakesAFileInAndSetsItAside_isRefused() {
    assertThatThrownBy(
            () ->
                version(
                        2,
                        1,
                        List.of(new Version.InboxEntry(1, DTD, DIGEST)),
                        List.of(new Version.SetAside(DIGEST, DTD, "too late")))
                    .checkDecidesOnce())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid version: inbox file %s is decided twice", DIGEST);
  }

  private static Version version(
      int number, int parent, List<Version.InboxEntry> taken, List<Version.SetAside> setAside) {
    return new Version(
        LineId.MAIN,
        number,
        OptionalInt.of(parent),
        Instant.EPOCH,
        "learn dtd",
        DIGEST,
        taken,
        setAside,
        Optional.empty(),
        Optional.empty());
  }

  private static RoutingRule statistics() {
    Calibration calibration = Calibration.uncalibrated(AnswerRule.FUSED);
    return new RoutingRule.Statistics(
        AnswerRule.FUSED,
        4,
        500,
        1.5,
        new TreeMap<>(Map.of(DTD, new RoutingRule.OfTask(DIGEST, calibration))));
  }

  @Test
  void values_sentToExecutors_arriveEqual() throws Exception {
    List<Object> sent =
        List.of(
            model(learned(DTD, 1, 1f)),
            model(learned(DTD, 1, 1f)).with(RoutingRule.OF_OLD_VERSIONS),
            model(learned(DTD, 1, 1f)).with(statistics()),
            task(new TreeMap<>(Map.of(TaskRecord.BIRTH, DIGEST)), 1),
            new BaseRecord(
                List.of(new BaseRecord.Tensor(TensorSpec.of("a"), DIGEST)), new TreeMap<>()),
            new Blob(
                ElementType.BIT, DIGEST, 5, ShardCut.DEFAULT, List.of(new Blob.Shard(DIGEST, 9))),
            new Prototypes(DTD, List.of("braided"), 2, new float[] {0, 1}));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(sent);
    }
  }
}
