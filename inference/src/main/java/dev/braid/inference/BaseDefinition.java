package dev.braid.inference;

import dev.braid.store.ModelStore;
import dev.braid.vlm.clip.ClipDefinition;
import java.util.HashMap;
import java.util.Map;

/** The definition of a store's base, from the files it was imported with. */
public final class BaseDefinition {
  private BaseDefinition() {}

  public static ClipDefinition of(ModelStore store) {
    Map<String, byte[]> files = new HashMap<>();
    store.base().files().keySet().forEach(name -> files.put(name, store.baseFile(name)));
    return ClipDefinition.of(files);
  }
}
