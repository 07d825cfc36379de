package dev.braid.store.references;

import dev.braid.model.Digest;
import dev.braid.store.object.HadoopObjects;

/** A reference to an object: its kind and its digest. */
public record ObjectRef(ObjectKind kind, Digest digest) {
  /** The object's path under the store's root. */
  public String file() {
    return HadoopObjects.name(digest, extension());
  }

  /** The extension of its name. */
  public String extension() {
    return kind.extension();
  }
}
