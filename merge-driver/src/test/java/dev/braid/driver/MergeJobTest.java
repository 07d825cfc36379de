package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.SparkSessions;
import dev.braid.merge.BruteForce;
import dev.braid.merge.LocalMerge;
import dev.braid.model.Bits;
import dev.braid.model.Blob;
import dev.braid.model.Decoupling;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ModelRecord;
import dev.braid.model.ModelRecord.Learned;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.Rescaler;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskRecord;
import dev.braid.model.Truth;
import dev.braid.store.FloatReader;
import dev.braid.store.RowBytes;
import dev.braid.store.RowReader;
import dev.braid.store.json.TaskParser;
import dev.braid.store.object.CorruptObjectException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MergeJobTest {
  private static SparkSession session;
  private static JavaSparkContext spark;

  // Not deleted by the test: after a job has failed, tasks of its other shards may still be
  // writing.
  @TempDir(cleanup = CleanupMode.NEVER, factory = InTarget.class)
  private Path folder;

  private MergeStore given;
  private MergeJob job;

  /** Folders that the next clean build removes. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/stores")), "merge");
    }
  }

  @BeforeAll
  static void openSpark() {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void closeSpark() {
    session.stop();
  }

  @BeforeEach
  void makeStore() throws IOException {
    given = new MergeStore(folder.resolve("store"));
    job = new MergeJob(spark, given.location);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(Truth.DECOUPLED, Rescaler.TENSOR_MEAN),
        Arguments.of(Truth.DECOUPLED, Rescaler.PER_TENSOR),
        Arguments.of(Truth.DELTAS, Rescaler.GLOBAL));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_chainOfTasks_givesTheLocalLoopsBits(Truth truth, Rescaler rescaler) {
    LocalMerge local = new LocalMerge(truth, rescaler, given.space, MergeStore.CUT);
    ModelRecord version = given.start(truth, rescaler);
    for (int step = 0; step < 6; step++) {
      float[] delta = given.randomDelta(step);
      local.merge(delta);
      Candidate candidate = job.run(version, given.task("task-" + step, delta));
      version = candidate.record();

      assertThat(unified(version)).containsExactly(local.unified());
      assertThat(version.tasks()).extracting(Learned::lambda).isEqualTo(local.lambdas());
      assertThat(version.tasks().get(step).step()).isEqualTo(step + 1);
      assertThat(record(version, step).numerators()).isEqualTo(local.numerator(step).toList());
      for (int task = 0; task <= step; task++) {
        String mask = mask(version, task);
        assertThat(mask).isEqualTo(local.mask(task));
        assertThat(candidate.health().tasks().get(task).covered())
            .isEqualTo(mask.chars().filter(bit -> bit == '1').count());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_chainOfTasks_leavesTheExpertsThatBruteForceSays(Truth truth, Rescaler rescaler)
      throws IOException {
    BruteForce oracle =
        new BruteForce(truth, rescaler, MergeStore.CUT, MergeStore.groupOfCoordinate(), 4);
    ModelRecord version = given.start(truth, rescaler);
    for (int step = 0; step < 5; step++) {
      oracle.merge(given.randomDelta(step));
      version = job.run(version, given.task("task-" + step, given.randomDelta(step))).record();
    }

    for (int task = 0; task < 5; task++) {
      float[] delta = oracle.decoupled(task);
      int[] start = {0};
      given
          .store
          .expert(version, version.tasks().get(task).task())
          .forEach(
              tensor -> {
                float[] expected = new float[tensor.values().length];
                for (int j = 0; j < expected.length; j++) {
                  expected[j] = MergeStore.baseValue(j) + delta[start[0] + j];
                }
                assertThat(tensor.values()).containsExactly(expected);
                start[0] += expected.length;
              });
      assertThat(start[0]).isEqualTo(delta.length);
    }
  }

  @Test
  void run_planesOfOldTasks_areNeverWrittenAgain() {
    ModelRecord two = chain(job, Truth.DECOUPLED, 2);
    ModelRecord three = job.run(two, given.task("task-2", given.randomDelta(2))).record();

    assertThat(three.tasks().subList(0, 2))
        .extracting(Learned::record)
        .isEqualTo(two.tasks().stream().map(Learned::record).toList());
  }

  @ParameterizedTest
  @EnumSource
  void run_afterItsReceiptWasLost_givesTheSameModelDigest(Truth truth) throws IOException {
    ModelRecord before = chain(job, truth, 2);
    NewTask task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    deleteFolder(folder.resolve("store").resolve("receipts"));

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void run_afterWhatItMadeWasLost_makesItAgain(Truth truth) throws IOException {
    ModelRecord before = chain(job, truth, 1);
    NewTask task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    Digest last = first.record().tasks().get(1).record();
    float[] unified = unified(first.record());
    String mask = mask(first.record(), 1);

    deleteShard(blob(first.record().state(), ModelRecord.UNIFIED));
    assertThat(job.run(before, task)).isEqualTo(first);
    deleteShard(
        blob(record(first.record(), 1).planes(), record(first.record(), 1).planes().firstKey()));
    assertThat(job.run(before, task)).isEqualTo(first);
    Files.delete(Path.of(URI.create(given.store.objects().location(last, "json"))));
    assertThat(job.run(before, task)).isEqualTo(first);

    assertThat(unified(first.record())).containsExactly(unified);
    assertThat(mask(first.record(), 1)).isEqualTo(mask);
  }

  private void deleteShard(Blob blob) throws IOException {
    Files.delete(Path.of(URI.create(given.store.blobs().locations(blob).get(1))));
  }

  @Test
  void run_underTruthDeltas_readsNoUnifiedDelta() throws IOException {
    ModelRecord before = chain(job, Truth.DELTAS, 2);
    NewTask task = given.task("last", given.randomDelta(9));
    Candidate first = job.run(before, task);
    deleteFolder(folder.resolve("store").resolve("receipts"));
    deleteShard(blob(before.state(), ModelRecord.UNIFIED));

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @Test
  void run_again_takesTheReceipt() throws IOException {
    ModelRecord before = chain(job, Truth.DECOUPLED, 1);
    NewTask task = given.task("first", given.randomDelta(1));
    Candidate first = job.run(before, task);
    Blob delta = given.store.blobs().get(task.delta());
    for (String location : given.store.blobs().locations(delta)) {
      Files.delete(Path.of(location.replaceFirst("^file:/*", "/")));
    }

    assertThat(job.run(before, task)).isEqualTo(first);
  }

  @Test
  void run_whenAShardIsGone_saysWhatIsCorrupt() throws IOException {
    NewTask task = given.task("first", given.randomDelta(1));
    Blob delta = given.store.blobs().get(task.delta());
    String shard = given.store.blobs().locations(delta).get(0);
    Files.delete(Path.of(shard.replaceFirst("^file:/*", "/")));

    assertThatThrownBy(() -> job.run(given.start(Truth.DELTAS, Rescaler.GLOBAL), task))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(delta.shards().get(0).digest().hex());
  }

  @Test
  void run_onOneThreadInAnotherStore_givesTheSameModelDigest() throws IOException {
    List<ModelRecord> onTwoThreads = chains(given);
    closeSpark();
    session = SparkSessions.open("local[1]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());

    List<ModelRecord> onOneThread = chains(new MergeStore(folder.resolve("other")));
    closeSpark();
    openSpark();

    assertThat(onOneThread).isEqualTo(onTwoThreads);
  }

  private static List<ModelRecord> chains(MergeStore store) {
    MergeJob merge = new MergeJob(spark, store.location);
    return Stream.of(Truth.values()).map(truth -> chain(merge, truth, 3, store)).toList();
  }

  @Test
  void run_deltaOfAnotherBase_isRefused() {
    ParameterSpace foreign =
        new ParameterSpace(Digest.of("another base"), new ParameterKind.Full(), MergeStore.TENSORS);

    assertRefused(foreign);
  }

  @Test
  void run_deltaOfAnotherAdapterStart_isRefused() {
    ParameterKind adapter =
        new ParameterKind.Adapter(List.of("attn"), 4, .5f, Digest.of("another start"));

    assertRefused(new ParameterSpace(given.store.baseDigest(), adapter, MergeStore.TENSORS));
  }

  private void assertRefused(ParameterSpace foreign) {
    Blob delta =
        given.store.blobs().writeFloats(foreign.digest(), MergeStore.CUT, given.randomDelta(1));
    ModelRecord before = given.start(Truth.DECOUPLED, Rescaler.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("foreign", delta)))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessage(
            "Cannot merge task foreign: its delta lives in parameter space %s, this line in %s"
                + " (another base, another start of the adapter or other tensors); train it on"
                + " this line",
            foreign.digest().abbreviated(), given.space.digest().abbreviated());
  }

  @Test
  void run_deltaOfBits_isRefused() {
    Blob floats = given.store.blobs().get(given.task("odd", given.randomDelta(1)).delta());
    Blob bits =
        new Blob(
            ElementType.BIT, floats.space(), floats.coordinates(), floats.cut(), floats.shards());

    assertRefused(
        bits, "Cannot merge task odd: its delta holds bit values (float32); train it again");
  }

  @Test
  void run_deltaOfAnotherCut_isRefused() {
    ShardCut cut = new ShardCut(512, 64);
    Blob delta = given.store.blobs().writeFloats(given.space.digest(), cut, given.randomDelta(1));

    assertRefused(
        delta,
        "Cannot merge task odd: its delta is cut into shards of 512 coordinates and rows of 64,"
            + " this store's vectors into 256 and 128; train it again on this store");
  }

  private void assertRefused(Blob delta, String sentence) {
    ModelRecord before = given.start(Truth.DECOUPLED, Rescaler.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("odd", delta)))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @EnumSource
  void run_deltaWithNan_isRefusedWithItsPlace(Truth truth) {
    float[] delta = given.randomDelta(1);
    delta[435] = Float.NaN;
    ModelRecord before = given.start(truth, Rescaler.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("broken", delta)))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessage(
            "Cannot merge task broken: its delta is NaN in tensor embedding, element 5; train it"
                + " again with a smaller learning rate");
  }

  @ParameterizedTest
  @EnumSource
  void run_deltaBeyondFloat_isRefused(Truth truth) {
    float[] huge = given.randomDelta(1);
    huge[0] = Float.MAX_VALUE;
    float[] opposed = given.randomDelta(2);
    opposed[0] = Float.MAX_VALUE;
    ModelRecord one =
        job.run(given.start(truth, Rescaler.TENSOR_MEAN), given.task("huge", huge)).record();
    NewTask second = given.task("huge-too", opposed);

    if (truth == Truth.DELTAS) {
      assertThatThrownBy(() -> job.run(one, second))
          .isInstanceOf(RefusedDeltaException.class)
          .hasMessageContaining("the unified delta is beyond float32 in tensor attn.k_proj.bias");
    } else {
      assertThat(unified(job.run(one, second).record())[0]).isEqualTo(Float.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_withWhichAnOldTaskIsBeyondFloat_isRefused(Truth truth, Rescaler rescaler) {
    // The second task takes half of the first one's, so that the first one's rescaler becomes 2.
    float[] first = new float[Math.toIntExact(given.space.coordinates())];
    first[0] = 3e38f;
    first[1] = 3e38f;
    float[] second = new float[first.length];
    second[1] = -3.1e38f;
    ModelRecord one = job.run(given.start(truth, rescaler), given.task("first", first)).record();
    NewTask against = given.task("second", second);

    assertThatThrownBy(() -> job.run(one, against))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessage(
            "Cannot merge task second: with it the rescaled delta of task first is beyond float32"
                + " in attn.in_proj_bias; train it again with a smaller learning rate");
  }

  @Test
  void run_taskThatIsLearnedAlready_isRefused() {
    ModelRecord one = chain(job, Truth.DECOUPLED, 1);

    assertThatThrownBy(() -> job.run(one, given.task("task-0", given.randomDelta(5))))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessage("Cannot merge task task-0: the version has learned it already");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_deltaOfWhichNothingIsLeft_isRefused(Truth truth, Rescaler rescaler) {
    float[] delta = given.randomDelta(1);
    float[] against = new float[delta.length];
    for (int j = 0; j < delta.length; j++) {
      against[j] = -delta[j] / 2;
    }
    ModelRecord one = job.run(given.start(truth, rescaler), given.task("first", delta)).record();

    assertThatThrownBy(() -> job.run(one, given.task("against", against)))
        .isInstanceOf(RefusedDeltaException.class)
        .hasMessageStartingWith("Cannot merge task against: nowhere does its delta have the sign");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_overAnOldTask_raisesAnAlarmThatStays(Truth truth, Rescaler rescaler) {
    float[] delta = given.randomDelta(1);
    float[] against = new float[delta.length];
    for (int j = 0; j < delta.length; j++) {
      against[j] = -delta[j] * 2;
    }
    ModelRecord one = job.run(given.start(truth, rescaler), given.task("first", delta)).record();
    Candidate two = job.run(one, given.task("against", against));
    Candidate three = job.run(two.record(), given.task("third", against));

    assertThat(two.health().alarms())
        .containsExactly("Nothing of task first is left in the unified delta");
    assertThat(two.health().tasks().get(0).lostGroups())
        .containsExactly(
            "attn.in_proj_bias", "attn.in_proj_weight", "attn.out_proj.weight", "embedding");
    assertThat(two.health().tasks().get(0).density()).isZero();
    assertThat(two.record().tasks().get(0).lambda()).containsOnly(1f);
    assertThat(three.health().alarms()).isEqualTo(two.health().alarms());
  }

  @Test
  void run_beyond255Steps_keepsLastFlipsInTwoBytes() {
    ModelRecord two = chain(job, Truth.DECOUPLED, 2);
    Learned second = two.tasks().get(1);
    ModelRecord late =
        new ModelRecord(
            two.space(),
            two.strategy(),
            two.truth(),
            two.rescaler(),
            two.state(),
            List.of(
                two.tasks().get(0),
                new Learned(second.task(), second.record(), 300, second.lambda())));
    LocalMerge local =
        new LocalMerge(Truth.DECOUPLED, Rescaler.TENSOR_MEAN, given.space, MergeStore.CUT);
    for (int task = 0; task < 4; task++) {
      local.merge(given.randomDelta(task));
    }

    ModelRecord three = job.run(late, given.task("task-2", given.randomDelta(2))).record();
    ModelRecord four = job.run(three, given.task("task-3", given.randomDelta(3))).record();

    assertThat(blob(four.state(), ModelRecord.LAST_FLIP).element()).isEqualTo(ElementType.UINT16);
    assertThat(four.tasks()).extracting(Learned::step).containsExactly(1, 300, 301, 302);
    assertThat(unified(four)).containsExactly(local.unified());
    for (int task = 0; task < 4; task++) {
      assertThat(mask(four, task)).isEqualTo(local.mask(task));
    }
  }

  private ModelRecord chain(MergeJob merge, Truth truth, int tasks) {
    return chain(merge, truth, tasks, given);
  }

  private static ModelRecord chain(MergeJob merge, Truth truth, int tasks, MergeStore store) {
    ModelRecord version = store.start(truth, Rescaler.TENSOR_MEAN);
    for (int task = 0; task < tasks; task++) {
      version = merge.run(version, store.task("task-" + task, store.randomDelta(task))).record();
    }
    return version;
  }

  private Blob blob(Map<String, Digest> digests, String name) {
    return given.store.blobs().get(Objects.requireNonNull(digests.get(name), name));
  }

  private float[] unified(ModelRecord version) {
    return given.store.blobs().readFloats(blob(version.state(), ModelRecord.UNIFIED));
  }

  private TaskRecord record(ModelRecord version, int task) {
    Digest digest = version.tasks().get(task).record();
    return TaskParser.fromJson(given.store.objects().read(digest, "json"), "a task");
  }

  /** A task's mask, row by row as the stored planes and the version's state say. */
  private String mask(ModelRecord version, int task) {
    Map<String, Digest> planes = record(version, task).planes();
    boolean isDecoupled = version.truth() == Truth.DECOUPLED;
    String plane = isDecoupled ? TaskRecord.BIRTH : TaskRecord.NONZERO;
    Blob other =
        isDecoupled ? blob(version.state(), ModelRecord.LAST_FLIP) : blob(planes, TaskRecord.SIGN);
    int step = version.tasks().get(task).step();
    StringBuilder digits = new StringBuilder();
    try (RowReader planeRows = given.store.blobs().rows(blob(planes, plane));
        RowReader otherRows = given.store.blobs().rows(other);
        FloatReader unified =
            given.store.blobs().floats(blob(version.state(), ModelRecord.UNIFIED))) {
      while (planeRows.hasRow()) {
        byte[] bits = RowBytes.bits(planeRows.readRow());
        ByteBuffer row = otherRows.readRow();
        float[] values = new float[rowLength(digits.length())];
        unified.read(values);
        byte[] mask =
            isDecoupled
                ? Decoupling.maskSinceBirth(bits, RowBytes.steps(row, other.element()), step)
                : Decoupling.maskOfSign(bits, RowBytes.bits(row), values);
        for (int j = 0; j < values.length; j++) {
          digits.append(Bits.get(mask, j) ? '1' : '0');
        }
      }
    }
    return digits.toString();
  }

  private int rowLength(int start) {
    return (int) Math.min(MergeStore.CUT.rowLength(), given.space.coordinates() - start);
  }

  private static void deleteFolder(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
