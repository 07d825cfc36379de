package dev.braid.inference;

import dev.braid.store.ModelStore;
import dev.braid.vlm.ModelDefinition;
import dev.braid.vlm.ModelFamily;
import java.util.HashMap;
import java.util.Map;

/** The definition of a store's base, from the files it was imported with. */
public final class BaseDefinition {
  private BaseDefinition() {}

  public static ModelDefinition of(ModelStore store) {
    Map<String, byte[]> files = new HashMap<>();
    store.base().files().keySet().forEach(name -> files.put(name, store.baseFile(name)));
    return ModelFamily.supported().define(files);
  }
}
