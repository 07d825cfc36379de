package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.ModelRecord;
import dev.braid.model.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.TaskParser;
import dev.braid.store.object.ObjectStore;

/** The records of a store as values. */
public final class Records {
  private static final String JSON = "json";

  private final ObjectStore objects;

  public Records(ModelStore store) {
    this.objects = store.objects();
  }

  /** The model of this digest. */
  public ModelRecord model(Digest digest) {
    return ModelParser.fromJson(objects.read(digest, JSON), objects.location(digest, JSON));
  }

  /** The task of this digest. */
  public TaskRecord task(Digest digest) {
    return TaskParser.fromJson(objects.read(digest, JSON), objects.location(digest, JSON));
  }

  /** Stores a model; its digest is the model digest. */
  public Digest put(ModelRecord model) {
    return objects.put(ModelParser.toJson(model), JSON);
  }
}
