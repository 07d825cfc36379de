package dev.braid.inference;

import dev.braid.store.ModelStore;
import dev.braid.vlm.ModelDefinition;
import dev.braid.vlm.ModelFamily;
import java.util.HashMap;
import java.util.Map;

/** Reads the definition of a store's base from the files that were imported with it. */
public final class BaseDefinition {
  private BaseDefinition() {}

  /** The definition of this store's base. */
  public static ModelDefinition of(ModelStore store) {
    Map<String, byte[]> files = new HashMap<>();
    store.base().files().keySet().forEach(name -> files.put(name, store.baseFile(name)));
    return ModelFamily.supported().define(files);
  }
}
