package dev.braid.store;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.StoreInfo;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.expert.AdaptedWeights;
import dev.braid.store.expert.AdapterStart;
import dev.braid.store.expert.AdapterVector;
import dev.braid.store.expert.DecoupledDelta;
import dev.braid.store.expert.Expert;
import dev.braid.store.expert.FoldedAdapter;
import dev.braid.store.file.Folder;
import dev.braid.store.json.StoreInfoParser;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.VectorWeights;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A store: one base for life, and all that was learned on it. */
public final class ModelStore {
  static final String INFO = "store.json";

  private final StoreLocation location;
  private final Folder folder;
  private final CommitLog log;
  private final ObjectStore objects;
  private final StoreInfo info;
  private final BaseRecord base;

  private ModelStore(Folder folder, StoreLocation location, StoreInfo info) {
    this.location = new StoreLocation(folder.toString(), location.options());
    this.folder = folder;
    this.log = CommitLogs.in(folder);
    this.objects = new HadoopObjects(folder);
    this.info = info;
    this.base = records().base(info.base());
  }

  /**
   * Makes a store for a base.
   *
   * @param files the checkpoint's other files by name, such as "config.json"
   * @param settings what the store shall remember for whoever makes it
   * @throws IllegalArgumentException if there is a store already
   */
  public static ModelStore create(
      StoreLocation location,
      Weights base,
      Map<String, byte[]> files,
      ShardCut cut,
      Map<String, String> settings)
      throws IOException {
    Folder folder = folder(location);
    CommitLog log = CommitLogs.in(folder);
    checkIsFree(folder);
    ObjectStore objects = new HadoopObjects(folder);
    BaseImport.Imported imported = new BaseImport(objects, cut).run(base, files);
    StoreInfo info =
        new StoreInfo(imported.base(), imported.weights(), cut, new TreeMap<>(settings));
    if (!log.create(INFO, StoreInfoParser.toJson(info))) { // the one atomic step
      checkIsFree(folder);
    }
    return new ModelStore(folder, location, info);
  }

  private static Folder folder(StoreLocation location) {
    CommitLogs.checkSupported(location.root());
    return Folder.of(location.root(), location.options());
  }

  /** Whether there is a store. */
  public static boolean exists(StoreLocation location) {
    return folder(location).contains(INFO);
  }

  private static void checkIsFree(Folder folder) {
    Check.argument(!folder.contains(INFO), "Cannot create the store %s: it exists", folder);
  }

  /**
   * Opens a store.
   *
   * @throws IllegalArgumentException if there is none
   * @throws dev.braid.store.json.StoreFormatException if it is of another format
   */
  public static ModelStore open(StoreLocation location) {
    Folder folder = folder(location);
    CommitLog log = CommitLogs.in(folder);
    byte[] json =
        log.read(INFO)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot open the store %s: there is none (make one with 'braid init')"
                            .formatted(folder)));
    StoreInfo info = StoreInfoParser.fromJson(json, folder.location(INFO));
    return new ModelStore(folder, location, info);
  }

  /**
   * True if the store that lies here now is the one that was opened: not deleted, nor made anew.
   */
  public boolean isStillHere() {
    return log.read(INFO)
        .map(json -> StoreInfoParser.fromJson(json, folder.location(INFO)))
        .filter(info::equals)
        .isPresent();
  }

  /** Where the store is, as a full path: for executors, whose working folder is another one. */
  public StoreLocation location() {
    return location;
  }

  /** What the store is for life. */
  public StoreInfo info() {
    return info;
  }

  /** The base's record. */
  public BaseRecord base() {
    return base;
  }

  /** The base's digest, which parameter spaces name. */
  public Digest baseDigest() {
    return info.base();
  }

  /** The base's tensors. */
  public Weights baseWeights() {
    Blob weights = blobs().get(info.weights());
    return new VectorWeights(base.tensors(), () -> blobs().floats(weights));
  }

  /** One of the base's other files. */
  public byte[] baseFile(String name) {
    Digest digest = base.files().get(name);
    if (digest == null) {
      throw new IllegalArgumentException(
          "Invalid file of the base: %s (of %s)".formatted(name, base.files().keySet()));
    }
    return BaseImport.file(objects, digest);
  }

  /** The immutable objects. */
  public ObjectStore objects() {
    return objects;
  }

  /** The vectors. */
  public Blobs blobs() {
    return new Blobs(objects);
  }

  /** What stages have made already. */
  public Receipts receipts() {
    return new Receipts(folder, log);
  }

  /** The versions of a line, which need not have any. */
  public Versions versions(LineId line) {
    return new Versions(log, line, new CommitCheck(StoreFiles.at(location)));
  }

  /** The lines that have a version, in alphabetical order. */
  public List<LineId> lines() {
    return log.names(Versions.FOLDER).stream().map(LineId::new).toList();
  }

  /** The requests to learn a task. */
  public Inbox inbox() {
    return new Inbox(log);
  }

  /** The area of this name for work in progress, which need not exist. */
  public Staging staging(String area) {
    return new Staging(folder, area);
  }

  /** The names of all areas for work in progress that are there, in alphabetical order. */
  public List<String> stagingAreas() {
    return folder.names(Staging.AREAS);
  }

  /** The records among the objects. */
  public Records records() {
    return new Records(objects);
  }

  /**
   * A task's delta as the model has it, over the tensors of its space: decoupled, or all tasks'.
   */
  public Weights delta(ModelRecord model, TaskId task) {
    return new VectorWeights(model.space().tensors(), merged(model, task));
  }

  /** A task's expert as the model has it: the base plus {@link #delta}. */
  public Weights expert(ModelRecord model, TaskId task) {
    return moved(model.space(), merged(model, task));
  }

  /** The base plus a delta as it was trained. */
  public Weights tuned(ParameterSpace space, Blob delta) {
    return moved(space, values(space, delta));
  }

  private Weights moved(ParameterSpace space, Supplier<FloatReader> delta) {
    return checked(space).kind() instanceof ParameterKind.Adapter kind
        ? new FoldedAdapter(baseWeights(), space, adapter(kind, Optional.of(delta)))
        : new Expert(baseWeights(), space, delta);
  }

  /**
   * What a training in this space begins with: the base, and of an adapter its factors beside it.
   *
   * @param delta where the training goes on from, if not from the beginning
   */
  public Weights start(ParameterSpace space, Optional<Blob> delta) {
    Optional<Supplier<FloatReader>> values = delta.map(blob -> values(space, blob));
    if (checked(space).kind() instanceof ParameterKind.Adapter kind) {
      return new AdaptedWeights(baseWeights(), space, adapter(kind, values));
    }
    return values
        .<Weights>map(moved -> new Expert(baseWeights(), space, moved))
        .orElseGet(this::baseWeights);
  }

  /**
   * The parameter space of adapters on these linears of the base, their start drawn from the seed
   * and stored.
   *
   * @param linears names without ".weight", in the base's order
   * @param rank columns of the factor B
   * @param scale factor of the adapter's product
   */
  public ParameterSpace adapterSpace(List<String> linears, int rank, float scale, long seed) {
    List<TensorSpec> factors = AdapterFactors.of(base.tensors(), linears, rank);
    Digest start = new AdapterStart(blobs(), info.cut()).store(factors, seed);
    return new ParameterSpace(
        baseDigest(), new ParameterKind.Adapter(linears, rank, scale, start), factors);
  }

  private AdapterVector adapter(ParameterKind.Adapter kind, Optional<Supplier<FloatReader>> delta) {
    Blob start = blobs().get(kind.start());
    return new AdapterVector(() -> blobs().floats(start), delta);
  }

  private Supplier<FloatReader> values(ParameterSpace space, Blob delta) {
    Check.argument(
        delta.space().equals(space.digest()), "Invalid delta: it is of another parameter space");
    return () -> blobs().floats(delta);
  }

  private Supplier<FloatReader> merged(ModelRecord model, TaskId task) {
    Learned learned =
        model
            .learned(task)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("Invalid task: %s (not learned)".formatted(task)));
    return model
        .global()
        .map(blobs()::get)
        .map(delta -> values(model.space(), delta))
        .orElseGet(
            () ->
                new DecoupledDelta(blobs(), model, learned, records().task(learned.record()))
                    ::open);
  }

  private ParameterSpace checked(ParameterSpace space) {
    Check.argument(
        space.base().equals(baseDigest()),
        "Invalid parameter space: it is of base %s (this store's is %s)",
        space.base().abbreviated(),
        baseDigest().abbreviated());
    return space;
  }
}
