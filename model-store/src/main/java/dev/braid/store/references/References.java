package dev.braid.store.references;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.StoreInfo;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.store.json.BaseParser;
import dev.braid.store.json.BlobParser;
import dev.braid.store.json.DatasetParser;
import dev.braid.store.json.FeaturesParser;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.PrototypesParser;
import dev.braid.store.json.StatisticsParser;
import dev.braid.store.json.TaskParser;
import dev.braid.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the objects that a record, a version or another file of a store names. */
public final class References {
  private final ObjectStore objects;

  public References(ObjectStore objects) {
    this.objects = objects;
  }

  /** The objects that {@code store.json} names. */
  public static List<ObjectRef> of(StoreInfo info) {
    List<ObjectRef> named = new ArrayList<>();
    named.add(new ObjectRef(ObjectKind.BASE, info.base()));
    named.add(new ObjectRef(ObjectKind.BLOB, info.weights()));
    info.keptFiles().values().forEach(file -> named.add(new ObjectRef(ObjectKind.BASE_FILE, file)));
    return named;
  }

  /** The objects that a version names. */
  public static List<ObjectRef> of(Version version) {
    List<ObjectRef> named = new ArrayList<>();
    named.add(new ObjectRef(ObjectKind.MODEL, version.model()));
    version
        .evaluation()
        .ifPresent(figures -> named.add(new ObjectRef(ObjectKind.FIGURES, figures)));
    version
        .provenance()
        .ifPresent(publication -> named.add(new ObjectRef(ObjectKind.FIGURES, publication)));
    return named;
  }

  /** The objects that a receipt names. */
  public static List<ObjectRef> of(Receipt receipt) {
    return receipt.outputs().entrySet().stream()
        .map(output -> new ObjectRef(kind(output.getKey()), output.getValue()))
        .toList();
  }

  private static ObjectKind kind(Output output) {
    return switch (output) {
      case DATASET -> ObjectKind.DATASET;
      case DELTA -> ObjectKind.BLOB;
      case FEATURES -> ObjectKind.FEATURES;
      case PROTOTYPES -> ObjectKind.PROTOTYPES;
      case STATISTICS -> ObjectKind.STATISTICS;
      case TASK -> ObjectKind.TASK;
      case MODEL -> ObjectKind.MODEL;
      case ALIGNMENTS, HEALTH, SCORE -> ObjectKind.FIGURES;
    };
  }

  /**
   * The objects that an object names.
   *
   * @throws dev.braid.store.object.CorruptObjectException if its bytes are not those that were
   *     stored
   * @throws dev.braid.store.json.StoreFormatException if it is not of this kind
   */
  public List<ObjectRef> of(ObjectRef object) {
    return switch (object.kind()) {
      case BASE -> base(BaseParser.fromJson(bytes(object), object.file()));
      case BLOB ->
          BlobParser.fromJson(bytes(object), object.file()).shards().stream()
              .map(shard -> new ObjectRef(ObjectKind.SHARD, shard.digest()))
              .toList();
      case MODEL -> model(ModelParser.fromJson(bytes(object), object.file()));
      case TASK -> task(task(object));
      case DATASET ->
          DatasetParser.fromJson(bytes(object), object.file()).files().stream()
              .map(file -> new ObjectRef(ObjectKind.PICTURES, file.digest()))
              .toList();
      case FEATURES ->
          FeaturesParser.fromJson(bytes(object), object.file()).parts().stream()
              .map(vectors -> new ObjectRef(ObjectKind.VECTORS, vectors))
              .toList();
      case PROTOTYPES -> {
        PrototypesParser.fromJson(bytes(object), object.file());
        yield List.of();
      }
      case STATISTICS -> {
        StatisticsParser.fromBytes(bytes(object), object.file());
        yield List.of();
      }
      case BASE_FILE, SHARD, PICTURES, VECTORS, FIGURES -> List.of();
    };
  }

  /** The record of a task; the object must be one. */
  public TaskRecord task(ObjectRef object) {
    return TaskParser.fromJson(bytes(object), object.file());
  }

  private byte[] bytes(ObjectRef object) {
    return objects.read(object.digest(), object.kind().extension());
  }

  private static List<ObjectRef> base(BaseRecord base) {
    return base.files().values().stream()
        .map(file -> new ObjectRef(ObjectKind.BASE_FILE, file))
        .toList();
  }

  private static List<ObjectRef> model(ModelRecord model) {
    List<ObjectRef> named = new ArrayList<>();
    named.add(new ObjectRef(ObjectKind.BASE, model.base()));
    start(model).ifPresent(start -> named.add(new ObjectRef(ObjectKind.BLOB, start)));
    model.state().values().forEach(blob -> named.add(new ObjectRef(ObjectKind.BLOB, blob)));
    model.tasks().forEach(task -> named.add(new ObjectRef(ObjectKind.TASK, task.record())));
    model.rule().ifPresent(rule -> named.addAll(ofRule(model, rule)));
    return named;
  }

  /**
   * The statistics of the tasks, and the model without the rule, by which its experts are named.
   */
  private static List<ObjectRef> ofRule(ModelRecord model, RoutingRule rule) {
    List<ObjectRef> named = new ArrayList<>();
    named.add(new ObjectRef(ObjectKind.MODEL, Digest.of(ModelParser.toJson(model.withoutRule()))));
    if (rule instanceof RoutingRule.Statistics statistics) {
      statistics
          .tasks()
          .values()
          .forEach(task -> named.add(new ObjectRef(ObjectKind.STATISTICS, task.statistics())));
    }
    return named;
  }

  private static Optional<Digest> start(ModelRecord model) {
    return model.space().kind() instanceof ParameterKind.Adapter adapter
        ? Optional.of(adapter.start())
        : Optional.empty();
  }

  private static List<ObjectRef> task(TaskRecord task) {
    List<ObjectRef> named = new ArrayList<>();
    named.add(new ObjectRef(ObjectKind.DATASET, task.dataset()));
    named.add(new ObjectRef(ObjectKind.BLOB, task.delta()));
    task.planes().values().forEach(plane -> named.add(new ObjectRef(ObjectKind.BLOB, plane)));
    named.add(new ObjectRef(ObjectKind.PROTOTYPES, task.prototypes()));
    return named;
  }
}
