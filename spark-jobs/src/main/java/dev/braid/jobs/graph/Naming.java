package dev.braid.jobs.graph;

import dev.braid.model.BaseRecord;
import dev.braid.model.Digest;
import dev.braid.model.ModelRecord;
import dev.braid.model.ParameterKind;
import dev.braid.model.Receipt;
import dev.braid.model.TaskRecord;
import dev.braid.model.Version;
import dev.braid.store.Records;
import dev.braid.store.StoreInfo;
import dev.braid.store.json.BaseParser;
import dev.braid.store.json.BlobParser;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.PrototypesParser;
import dev.braid.store.json.TaskParser;
import dev.braid.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of everything in a store which objects it names. */
public final class Naming {
  private final ObjectStore objects;

  public Naming(ObjectStore objects) {
    this.objects = objects;
  }

  /** What the store names for life. */
  public static List<Part> of(StoreInfo info) {
    return List.of(new Part(PartKind.BASE, info.base()), new Part(PartKind.BLOB, info.weights()));
  }

  /** What a version names. */
  public static List<Part> of(Version version) {
    List<Part> named = new ArrayList<>();
    named.add(new Part(PartKind.MODEL, version.model()));
    version.evaluation().ifPresent(figures -> named.add(new Part(PartKind.FIGURES, figures)));
    version.provenance().ifPresent(figures -> named.add(new Part(PartKind.FIGURES, figures)));
    return named;
  }

  /** What a receipt names; the outputs' names are those of docs/format.md. */
  public static List<Part> of(Receipt receipt) {
    return receipt.outputs().entrySet().stream()
        .map(output -> new Part(kind(output.getKey()), output.getValue()))
        .toList();
  }

  private static PartKind kind(String output) {
    return switch (output) {
      case "data-set" -> PartKind.DATASET;
      case "delta" -> PartKind.BLOB;
      case "features" -> PartKind.FEATURES;
      case "prototypes" -> PartKind.PROTOTYPES;
      case "task" -> PartKind.TASK;
      case "model" -> PartKind.MODEL;
      default -> PartKind.FIGURES;
    };
  }

  /**
   * What an object names.
   *
   * @throws dev.braid.store.object.CorruptObjectException if its bytes are not what was stored
   * @throws dev.braid.store.json.StoreFormatException if it is not of this kind
   */
  public List<Part> of(Part part) {
    return switch (part.kind()) {
      case BASE -> base(BaseParser.fromJson(bytes(part), part.file()));
      case BLOB ->
          BlobParser.fromJson(bytes(part), part.file()).shards().stream()
              .map(shard -> new Part(PartKind.SHARD, shard.digest()))
              .toList();
      case MODEL -> model(ModelParser.fromJson(bytes(part), part.file()));
      case TASK -> task(task(part));
      case DATASET ->
          new Records(objects)
              .dataset(part.digest()).files().stream()
                  .map(file -> new Part(PartKind.PICTURES, file.digest()))
                  .toList();
      case FEATURES ->
          new Records(objects)
              .features(part.digest()).parts().stream()
                  .map(vectors -> new Part(PartKind.VECTORS, vectors))
                  .toList();
      case PROTOTYPES -> {
        PrototypesParser.fromJson(bytes(part), part.file());
        yield List.of();
      }
      case BASE_FILE, SHARD, PICTURES, VECTORS, FIGURES -> List.of();
    };
  }

  /** The record of a task; the part must be one. */
  public TaskRecord task(Part part) {
    return TaskParser.fromJson(bytes(part), part.file());
  }

  private byte[] bytes(Part part) {
    return objects.read(part.digest(), part.kind().extension());
  }

  private static List<Part> base(BaseRecord base) {
    return base.files().values().stream().map(file -> new Part(PartKind.BASE_FILE, file)).toList();
  }

  private static List<Part> model(ModelRecord model) {
    List<Part> named = new ArrayList<>();
    named.add(new Part(PartKind.BASE, model.base()));
    start(model).ifPresent(start -> named.add(new Part(PartKind.BLOB, start)));
    model.state().values().forEach(blob -> named.add(new Part(PartKind.BLOB, blob)));
    model.tasks().forEach(task -> named.add(new Part(PartKind.TASK, task.record())));
    return named;
  }

  private static Optional<Digest> start(ModelRecord model) {
    return model.space().kind() instanceof ParameterKind.Adapter adapter
        ? Optional.of(adapter.start())
        : Optional.empty();
  }

  private static List<Part> task(TaskRecord task) {
    List<Part> named = new ArrayList<>();
    named.add(new Part(PartKind.DATASET, task.dataset()));
    named.add(new Part(PartKind.BLOB, task.delta()));
    task.planes().values().forEach(plane -> named.add(new Part(PartKind.BLOB, plane)));
    named.add(new Part(PartKind.PROTOTYPES, task.prototypes()));
    return named;
  }
}
