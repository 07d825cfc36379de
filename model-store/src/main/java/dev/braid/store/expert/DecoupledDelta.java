package dev.braid.store.expert;

import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.MaskRows;
import dev.braid.store.vector.RowReader;
import java.util.SortedMap;

/** A task's delta in a version, rebuilt row by row from u and the task's trigger. */
public final class DecoupledDelta {
  private final Blobs blobs;
  private final ModelRecord model;
  private final Learned learned;
  private final TaskRecord task;
  private final TensorGroups groups;

  public DecoupledDelta(Blobs blobs, ModelRecord model, Learned learned, TaskRecord task) {
    this.blobs = blobs;
    this.model = model;
    this.learned = learned;
    this.task = task;
    this.groups = TensorGroups.of(model.space());
    int rescalers = learned.lambda().size();
    Check.argument(
        rescalers == 1 || rescalers == groups.count(),
        "Invalid rescalers of task %s: %s (one, or one for each of %s groups)",
        learned.task(),
        rescalers,
        groups.count());
  }

  /** Opens the delta at its first coordinate. */
  public FloatReader open() {
    RowReader unified = blobs.rows(blob(model.state(), ModelRecord.UNIFIED, ElementType.FLOAT32));
    return new FloatReader(new DecoupledRows(unified, mask(), learned.lambda(), groups));
  }

  private MaskRows mask() {
    return switch (model.mergeState()) {
      case DECOUPLED -> {
        Blob lastFlip = blob(model.state(), ModelRecord.LAST_FLIP);
        yield new MaskRows.SinceBirth(
            plane(TaskRecord.BIRTH), blobs.rows(lastFlip), lastFlip.element(), learned.step());
      }
      case DELTAS -> new MaskRows.OfSign(plane(TaskRecord.NONZERO), plane(TaskRecord.SIGN));
    };
  }

  private RowReader plane(String name) {
    return blobs.rows(blob(task.planes(), name, ElementType.BIT));
  }

  private Blob blob(SortedMap<String, Digest> digests, String name, ElementType element) {
    Blob blob = blob(digests, name);
    if (blob.element() != element) {
      throw wrong("'%s' holds %s".formatted(name, blob.element().label()));
    }
    return blob;
  }

  private Blob blob(SortedMap<String, Digest> digests, String name) {
    Digest digest = digests.get(name);
    if (digest == null) {
      throw wrong("there is no '%s'".formatted(name));
    }
    Blob blob = blobs.get(digest);
    if (!blob.space().equals(model.space().digest())) {
      throw wrong("'%s' is of another parameter space".formatted(name));
    }
    return blob;
  }

  private StoreFormatException wrong(String why) {
    return new StoreFormatException(
        "Cannot decouple the task %s: %s".formatted(learned.task(), why));
  }
}
