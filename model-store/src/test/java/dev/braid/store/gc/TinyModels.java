package dev.braid.store.gc;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.Folder;
import dev.braid.store.json.VersionParser;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A store of models with three files each: a record, a vector's record and its shard. */
final class TinyModels {
  private static final TensorSpec TENSOR = TensorSpec.of("a", 8);
  private static final ShardCut CUT = new ShardCut(64, 64);

  final Path root;
  final ModelStore store;
  private final Map<String, List<Path>> files = new ConcurrentHashMap<>();

  TinyModels(Path root) throws IOException {
    this.root = root;
    this.store =
        ModelStore.create(
            StoreLocation.of(root.toString()), new Base(), Map.of(), CUT, new TreeMap<>());
  }

  /** Stores the model of this name, unless it exists. */
  Digest put(String name) {
    ParameterSpace space =
        new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), List.of(TENSOR));
    float value = new Random(name.hashCode()).nextFloat();
    Digest unified =
        store.blobs().put(store.blobs().writeFloats(space.digest(), CUT, value, 1, 2, 3));
    Digest model =
        store
            .records()
            .put(
                new ModelRecord(
                    space,
                    "condu",
                    MergeState.DECOUPLED,
                    RescalerKind.TENSOR_MEAN,
                    new TreeMap<>(Map.of(ModelRecord.UNIFIED, unified)),
                    List.of()));
    files.computeIfAbsent(name, unseen -> files(model));
    return model;
  }

  private List<Path> files(Digest model) {
    References references = new References(store.objects());
    List<Path> found = new ArrayList<>();
    ObjectRef next = new ObjectRef(ObjectKind.MODEL, model);
    found.add(root.resolve(next.file()));
    for (ObjectKind kind : List.of(ObjectKind.BLOB, ObjectKind.SHARD)) {
      next =
          references.of(next).stream()
              .filter(objectRef -> objectRef.kind() == kind)
              .findFirst()
              .orElseThrow();
      found.add(root.resolve(next.file()));
    }
    return found;
  }

  /** The model's record, its vector's, and the shard. */
  List<Path> files(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** True if all files of the model exist. */
  boolean isWhole(String name) {
    return files(name).stream().allMatch(Files::exists);
  }

  /** True if no file of the model exists. */
  boolean isGone(String name) {
    return files(name).stream().noneMatch(Files::exists);
  }

  Version commit(Digest model) throws CommitConflictException {
    Optional<Version> head = store.versions(LineId.MAIN).head();
    Version next = next(model, head);
    return store.versions(LineId.MAIN).commit(next);
  }

  /** Commits without a check for marked objects. */
  Version commitUnchecked(Digest model) throws CommitConflictException {
    Optional<Version> head = store.versions(LineId.MAIN).head();
    Version next = next(model, head);
    String manifest = "versions/main/%06d.json".formatted(next.number());
    Folder folder = Folder.of(root.toString(), Map.of());
    if (!CommitLogs.in(folder).create(manifest, VersionParser.toJson(next))) {
      throw new CommitConflictException(manifest + " is there");
    }
    return next;
  }

  private static Version next(Digest model, Optional<Version> head) {
    OptionalInt parent = head.stream().mapToInt(Version::number).findFirst();
    return new Version(
        LineId.MAIN,
        parent.orElse(0) + 1,
        parent,
        Instant.EPOCH,
        "a test",
        model,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Makes all files older, as if time had passed. */
  void age(Duration by) throws IOException {
    for (Path file : files()) {
      Instant then = Files.getLastModifiedTime(file).toInstant().minus(by);
      Files.setLastModifiedTime(file, FileTime.from(then));
    }
  }

  List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static final class Base implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return List.of(TENSOR);
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      reader.accept(new NamedTensor(TENSOR, new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
    }
  }
}
