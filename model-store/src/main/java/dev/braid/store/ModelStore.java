package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ShardCut;
import dev.braid.model.Weights;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.StoreInfo;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.Folder;
import dev.braid.store.json.StoreInfoParser;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.vector.Blobs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A store: one base for life, and everything that was learned on it. */
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
   * Creates a store for a base.
   *
   * @param files the checkpoint's other files by name, such as "config.json"
   * @param settings the creator's own settings, kept in the store
   * @throws IllegalArgumentException if the store exists
   */
  public static ModelStore create(
      StoreLocation location,
      Weights base,
      Map<String, byte[]> files,
      ShardCut cut,
      Map<String, String> settings)
      throws IOException {
    return create(location, base, files, Map.of(), cut, settings);
  }

  /**
   * Creates a store for a base and keeps further files of its directory.
   *
   * @param files the checkpoint's other files by name, such as "config.json"
   * @param keptFiles files on which nothing depends, such as a LICENSE, by name
   * @param settings the creator's own settings, kept in the store
   * @throws IllegalArgumentException if the store exists
   */
  public static ModelStore create(
      StoreLocation location,
      Weights base,
      Map<String, byte[]> files,
      Map<String, byte[]> keptFiles,
      ShardCut cut,
      Map<String, String> settings)
      throws IOException {
    Folder folder = folder(location);
    CommitLog log = CommitLogs.in(folder);
    checkIsFree(folder);
    ObjectStore objects = new HadoopObjects(folder);
    BaseImport baseImport = new BaseImport(objects, cut);
    BaseImport.Imported imported = baseImport.run(base, files);
    StoreInfo info =
        new StoreInfo(imported.base(), imported.weights(), cut, new TreeMap<>(settings))
            .keeping(baseImport.files(keptFiles));
    if (!log.create(INFO, StoreInfoParser.toJson(info))) { // the one atomic step
      checkIsFree(folder);
    }
    return new ModelStore(folder, location, info);
  }

  private static Folder folder(StoreLocation location) {
    CommitLogs.checkSupported(location.root());
    return Folder.of(location.root(), location.options());
  }

  /** Whether the store exists. */
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
                        "Cannot open the store %s: there is none (create one with 'braid init')"
                            .formatted(folder)));
    StoreInfo info = StoreInfoParser.fromJson(json, folder.location(INFO));
    return new ModelStore(folder, location, info);
  }

  /** True if this store is still here: neither deleted nor replaced by another one. */
  public boolean isStillHere() {
    return log.read(INFO)
        .map(json -> StoreInfoParser.fromJson(json, folder.location(INFO)))
        .filter(info::equals)
        .isPresent();
  }

  /** The store's full path, for executors, whose working folder is another one. */
  public StoreLocation location() {
    return location;
  }

  /** What never changes in the store. */
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

  /** The tensors of the base, of deltas and of experts. */
  public ModelWeights weights() {
    return new ModelWeights(this);
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

  /**
   * The files of the base's directory on which nothing depends, by name.
   *
   * @throws dev.braid.store.object.CorruptObjectException if one is damaged or gone
   */
  public SortedMap<String, byte[]> keptFiles() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    info.keptFiles().forEach((name, digest) -> files.put(name, BaseImport.file(objects, digest)));
    return files;
  }

  /** The immutable objects. */
  public ObjectStore objects() {
    return objects;
  }

  /** The vectors. */
  public Blobs blobs() {
    return new Blobs(objects);
  }

  /** The outputs of stages that ran before. */
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

  /** How runs ended. */
  public Runs runs() {
    return new Runs(folder, log);
  }

  /** Who works on the lines. */
  public Leases leases() {
    return new Leases(folder);
  }

  /** The staging area of this name, which need not exist. */
  public Staging staging(String area) {
    return new Staging(folder, area);
  }

  /** The names of all staging areas that exist, in alphabetical order. */
  public List<String> stagingAreas() {
    return folder.names(Staging.AREAS);
  }

  /** The records among the objects. */
  public Records records() {
    return new Records(objects);
  }
}
