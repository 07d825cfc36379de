package dev.braid.store;

import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.BaseRecord.Tensor;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Imports a base's tensors and files into a store. */
final class BaseImport {
  private static final String FILE = "bin";

  private final ObjectStore objects;
  private final ShardCut cut;

  BaseImport(ObjectStore objects, ShardCut cut) {
    this.objects = objects;
    this.cut = cut;
  }

  /**
   * What was stored.
   *
   * @param base digest of the base's record
   * @param weights digest of the blob over all its tensors
   */
  record Imported(Digest base, Digest weights) {}

  /** Stores the base with one tensor in memory at a time. */
  Imported run(Weights weights, Map<String, byte[]> files) throws IOException {
    SortedMap<String, Digest> stored = files(files);
    List<Tensor> content = new ArrayList<>();
    Digest blob = store(weights, content);
    return new Imported(new Records(objects).put(new BaseRecord(content, stored)), blob);
  }

  /** Stores files and returns their digests, by name. */
  SortedMap<String, Digest> files(Map<String, byte[]> files) {
    SortedMap<String, Digest> stored = new TreeMap<>();
    files.forEach((name, bytes) -> stored.put(name, objects.put(bytes, FILE)));
    return stored;
  }

  /** Stores the tensors and adds a description of each to the list. */
  private Digest store(Weights weights, List<Tensor> content) throws IOException {
    Blobs blobs = new Blobs(objects);
    Digest space = BaseRecord.spaceOf(weights.tensors());
    long coordinates = weights.tensors().stream().mapToLong(TensorSpec::size).sum();
    try (FloatWriter writer = blobs.floatWriter(space, cut, coordinates)) {
      weights.forEach(
          tensor -> {
            writer.write(tensor.values());
            content.add(Tensor.of(tensor));
          });
      return blobs.put(writer.finish());
    }
  }

  /** The bytes of an imported file. */
  static byte[] file(ObjectStore objects, Digest digest) {
    return objects.read(digest, FILE);
  }
}
