package dev.braid.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.clip.MicroClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A store with a tiny CLIP, whose versions are made up: a random delta for all tasks. */
final class ServedStore {
  static final TaskId LETTERS = new TaskId("letters");
  static final TaskId OTHERS = new TaskId("others");

  private static final ShardCut CUT = new ShardCut(1024, 512);

  final StoreLocation location;
  final ModelStore store;
  private final ParameterSpace space;

  private ServedStore(ModelStore store) {
    this.location = store.location();
    this.store = store;
    this.space =
        new ParameterSpace(
            store.baseDigest(), new ParameterKind.Full(), MicroClip.config().trained());
  }

  /** A store without versions. */
  static ServedStore create(Path root) throws IOException {
    return new ServedStore(
        ModelStore.create(
            StoreLocation.of(root.toString()),
            MicroClip.weights(MicroClip.config(), 1),
            MicroClip.files(),
            CUT,
            Map.of()));
  }

  /** Publishes the next version of a line, which has learned these tasks. */
  Version publish(LineId line, long seed, TaskId... tasks) {
    return publish(line, model(delta(seed), tasks));
  }

  /** Publishes a version and deletes its delta. */
  Version publishBroken(LineId line, long seed, TaskId... tasks) throws IOException {
    Digest delta = delta(seed);
    Version version = publish(line, model(delta, tasks));
    delete(delta);
    return version;
  }

  /** Deletes the delta of a version. */
  void deleteDelta(Version version) throws IOException {
    delete(store.records().model(version.model()).global().orElseThrow());
  }

  private void delete(Digest object) throws IOException {
    Path folder = Path.of(location.root().replaceFirst("^file:", "")).resolve("objects");
    Files.delete(folder.resolve("%1.2s/%1$s.json".formatted(object)));
  }

  private Version publish(LineId line, Digest model) {
    Optional<Version> head = store.versions(line).head();
    OptionalInt parent = head.stream().mapToInt(Version::number).findFirst();
    try {
      return store
          .versions(line)
          .commit(
              new Version(
                  line,
                  parent.orElse(0) + 1,
                  parent,
                  Instant.EPOCH,
                  "made up",
                  model,
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty()));
    } catch (CommitConflictException e) {
      throw new IllegalStateException(e);
    }
  }

  private Digest delta(long seed) {
    Random random = new Random(seed);
    float[] delta = new float[Math.toIntExact(space.coordinates())];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = 0.1f * (float) random.nextGaussian();
    }
    return store.blobs().put(store.blobs().writeFloats(space.digest(), CUT, delta));
  }

  private Digest model(Digest delta, TaskId... tasks) {
    List<Learned> learned = new ArrayList<>();
    for (TaskId task : tasks) {
      learned.add(
          new Learned(
              task, store.records().put(record(task, delta)), learned.size() + 1, List.of()));
    }
    return store
        .records()
        .put(
            new ModelRecord(
                space,
                ModelRecord.PAM,
                MergeState.DECOUPLED,
                RescalerKind.TENSOR_MEAN,
                new TreeMap<>(Map.of("reset", "global", "share", "0.5", "weight", "0.5")),
                new TreeMap<>(Map.of(ModelRecord.GLOBAL, delta)),
                learned,
                Optional.empty()));
  }

  private Digest dataset(TaskId task) {
    String json =
        """
        {"class-names":["one","two"],"content":"%1$s","files":[{"bytes":1,"digest":"%1$s"}],\
        "rows":{"test":1,"train":1,"validation":0},"rows-per-file":512}"""
            .formatted(store.objects().put(task.name().getBytes(UTF_8), "parquet"));
    return store.objects().put(json.getBytes(UTF_8), "json");
  }

  private TaskRecord record(TaskId task, Digest delta) {
    List<String> classes = task.equals(LETTERS) ? List.of("a", "b", "c", "d") : List.of("e f", "g");
    return new TaskRecord(
        task,
        classes,
        List.of("a {c}"),
        dataset(task),
        delta,
        new TreeMap<>(),
        List.of(),
        store.records().put(new Prototypes(task, classes, 1, new float[classes.size()])),
        new TreeMap<>(Map.of("steps", "1")),
        /* seed= */ 1);
  }
}
