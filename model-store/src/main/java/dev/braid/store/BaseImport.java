package dev.braid.store;

import dev.braid.model.BaseRecord;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a base's tensors and files into a store. */
final class BaseImport {
  private static final String FILE = "bin";

  private final ObjectStore objects;
  private final ShardCut cut;

  BaseImport(ObjectStore objects, ShardCut cut) {
    this.objects = objects;
    this.cut = cut;
  }

  /** Stores all of it and returns the base's digest. */
  Digest run(Weights weights, Map<String, byte[]> files) throws IOException {
    SortedMap<String, Digest> stored = new TreeMap<>();
    files.forEach((name, bytes) -> stored.put(name, objects.put(bytes, FILE)));
    BaseRecord base = new BaseRecord(store(weights), weights.tensors(), stored);
    return new Records(objects).put(base);
  }

  private Digest store(Weights weights) throws IOException {
    Blobs blobs = new Blobs(objects);
    Digest space = BaseRecord.spaceOf(weights.tensors());
    long coordinates = weights.tensors().stream().mapToLong(TensorSpec::size).sum();
    try (FloatWriter writer = blobs.floatWriter(space, cut, coordinates)) {
      weights.forEach(tensor -> writer.write(tensor.values()));
      return blobs.put(writer.finish());
    }
  }

  /** The bytes of an imported file. */
  static byte[] file(ObjectStore objects, Digest digest) {
    return objects.read(digest, FILE);
  }
}
