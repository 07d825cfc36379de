package dev.braid.jobs.encode;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.ModelPool;
import dev.braid.inference.StoredClassWeights;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.Records;
import dev.braid.store.StageVersion;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** A request to encode pictures of a split, or the classes of a task, with given weights. */
public sealed interface EncodeRequest extends Serializable {
  StageVersion STAGE = StoredClassWeights.STAGE;

  /** The model that encodes. */
  WeightsRef weights();

  /** The digest of everything the vectors depend on. */
  Digest inputs(ModelStore store, DatasetRecords datasets);

  /** The units of work, one for each chunk of the features. */
  List<Unit> units(DatasetRecords datasets);

  /** A request for the classes of a task. */
  static ClassNames ofClasses(WeightsRef weights, LabelSpace.Task task) {
    return new ClassNames(weights, task.classNames(), task.templates());
  }

  /** A unit of work for one Spark task. */
  interface Unit extends Serializable {
    WeightsRef weights();

    /** Labels and unit vectors. */
    FeatureChunk encode(ModelPool.Lease model, ObjectStore objects) throws IOException;
  }

  /**
   * Pictures under the test transform.
   *
   * @param dataset digest of the data set's record
   * @param rows the ascending offsets of the pictures in each chunk of the split
   */
  record Pictures(WeightsRef weights, Digest dataset, Split split, List<List<Integer>> rows)
      implements EncodeRequest {
    public Pictures {
      rows = rows.stream().map(List::copyOf).toList();
    }

    /** A whole split. */
    static Pictures all(WeightsRef weights, Digest dataset, Split split, DatasetRecord pictures) {
      SplitChunks chunks = SplitChunks.of(pictures, split);
      return new Pictures(
          weights, dataset, split, chunks.numbers().stream().map(chunks::offsets).toList());
    }

    @Override
    public Digest inputs(ModelStore store, DatasetRecords datasets) {
      DatasetRecord pictures = datasets.get(dataset);
      JsonObject inputs =
          STAGE
              .inputs()
              .with("base", store.baseDigest())
              .with("weights", weights.key())
              .with("data-set", pictures.content())
              .with("split", split.label());
      boolean isWhole =
          rows.stream().mapToLong(List::size).sum() == SplitChunks.of(pictures, split).rows();
      return Digest.of((isWhole ? inputs : inputs.with("rows", rows, row -> row)).bytes());
    }

    @Override
    public List<Unit> units(DatasetRecords datasets) {
      SplitChunks chunks = SplitChunks.of(datasets.get(dataset), split);
      return IntStream.range(0, rows.size())
          .<Unit>mapToObj(
              chunk ->
                  new PictureUnit(
                      weights, dataset, chunks.from(chunk), chunks.to(chunk), rows.get(chunk)))
          .toList();
    }
  }

  /** Class weights: one unit vector per class (METHODS 2.7), in the order of the names. */
  record ClassNames(WeightsRef weights, List<String> names, List<String> templates)
      implements EncodeRequest {
    public ClassNames {
      names = List.copyOf(names);
      templates = List.copyOf(templates);
    }

    @Override
    public Digest inputs(ModelStore store, DatasetRecords datasets) {
      return StoredClassWeights.inputs(store, weights, names, templates);
    }

    @Override
    public List<Unit> units(DatasetRecords datasets) {
      return List.of(new ClassUnit(weights, names, templates));
    }
  }

  /** Some rows of a chunk of a split. */
  record PictureUnit(WeightsRef weights, Digest dataset, long from, long to, List<Integer> rows)
      implements Unit {
    @Override
    public FeatureChunk encode(ModelPool.Lease model, ObjectStore objects) throws IOException {
      if (rows.isEmpty()) {
        return new FeatureChunk(new int[0], new float[0][]);
      }
      List<Picture> all =
          new DatasetReader(objects, new Records(objects).dataset(dataset)).rows(from, to);
      List<Picture> selected = rows.stream().map(all::get).toList();
      return new FeatureChunk(
          selected.stream().mapToInt(Picture::label).toArray(),
          model.encoder().encodeImages(selected.stream().map(Picture::encoded).toList()));
    }
  }

  /** All classes of a task. */
  record ClassUnit(WeightsRef weights, List<String> names, List<String> templates) implements Unit {
    @Override
    public FeatureChunk encode(ModelPool.Lease model, ObjectStore objects) {
      return new FeatureChunk(
          IntStream.range(0, names.size()).toArray(),
          model.encoder().classWeights(names, templates));
    }
  }
}
