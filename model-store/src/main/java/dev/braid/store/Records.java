package dev.braid.store;

import dev.braid.model.BaseRecord;
import dev.braid.model.Digest;
import dev.braid.model.ModelRecord;
import dev.braid.model.Prototypes;
import dev.braid.model.TaskRecord;
import dev.braid.store.json.BaseParser;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.PrototypesParser;
import dev.braid.store.json.TaskParser;
import dev.braid.store.object.ObjectStore;

/** The records among the objects, each named by the digest of its canonical JSON. */
public final class Records {
  private static final String JSON = "json";

  private final ObjectStore objects;

  Records(ObjectStore objects) {
    this.objects = objects;
  }

  /** Stores a base's record and returns the base's digest. */
  Digest put(BaseRecord base) {
    return objects.put(BaseParser.toJson(base), JSON);
  }

  /** Stores a task's record. */
  public Digest put(TaskRecord task) {
    return objects.put(TaskParser.toJson(task), JSON);
  }

  /** Stores a model's record and returns the model digest. */
  public Digest put(ModelRecord model) {
    return objects.put(ModelParser.toJson(model), JSON);
  }

  /** Stores a task's prototypes. */
  public Digest put(Prototypes prototypes) {
    return objects.put(PrototypesParser.toJson(prototypes), JSON);
  }

  /** The base's record of this digest. */
  BaseRecord base(Digest digest) {
    return BaseParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The task's record of this digest. */
  public TaskRecord task(Digest digest) {
    return TaskParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The model's record of this digest. */
  public ModelRecord model(Digest digest) {
    return ModelParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  /** The prototypes of this digest. */
  public Prototypes prototypes(Digest digest) {
    return PrototypesParser.fromJson(objects.read(digest, JSON), location(digest));
  }

  private String location(Digest digest) {
    return objects.location(digest, JSON);
  }
}
