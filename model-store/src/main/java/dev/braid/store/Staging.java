package dev.braid.store;

import dev.braid.model.Check;
import dev.braid.store.commit.CommitLog;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.vector.Blobs;
import java.util.regex.Pattern;

/**
 * One area for work in progress, such as a training's checkpoints; deleted when the work is done.
 */
public final class Staging {
  static final String AREAS = "staging/areas";

  private static final Pattern AREA = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private final Folder folder;
  private final ObjectStore objects;

  Staging(Folder store, String area) {
    Check.argument(
        AREA.matcher(area).matches(),
        "Invalid staging area: %s (1 to 100 of a-z, 0-9, '.', '_' and '-')",
        area);
    this.folder = store.folder(AREAS + "/" + area);
    this.objects = new HadoopObjects(folder);
  }

  /** The area's own objects. */
  public ObjectStore objects() {
    return objects;
  }

  /** The area's own vectors. */
  public Blobs blobs() {
    return new Blobs(objects);
  }

  /** The area's small files, each created once. */
  public CommitLog files() {
    return CommitLogs.in(folder);
  }

  /** Deletes the area with all its contents. */
  public void delete() {
    folder.delete("");
  }
}
