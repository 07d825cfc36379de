package dev.braid.jobs.evaluate;

import static java.util.Objects.requireNonNull;

import dev.braid.store.FeatureChunk;
import dev.braid.store.object.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of one model for the pictures of a chunk. */
final class ChunkAnswers {
  private final MemberModel model;
  private final FeatureChunk pictures;
  private final float[][] classes;
  private final Map<Integer, Integer> places = new HashMap<>();

  /**
   * Reads the features.
   *
   * @param model none of its features is missing
   */
  ChunkAnswers(MemberModel model, int chunk, ObjectStore objects) {
    this.model = model;
    this.pictures = FeatureChunk.read(model.pictures().orElseThrow(), chunk, objects);
    this.classes = FeatureChunk.read(model.classes().orElseThrow(), 0, objects).vectors();
    List<Integer> rows = model.rows().get(chunk);
    for (int place = 0; place < rows.size(); place++) {
      places.put(rows.get(place), place);
    }
  }

  /** The class of the picture at this offset in the chunk. */
  int label(int row) {
    return pictures.labels()[place(row)];
  }

  /**
   * The probabilities of the classes over which the model answers.
   *
   * @param row the offset of the picture in the chunk
   * @param logClasses what the statistics say about the classes of the model's own task; empty if
   *     they are not asked
   */
  double[] of(int row, double[] logClasses) {
    return model.model().probabilities(pictures.vectors()[place(row)], classes, logClasses);
  }

  private int place(int row) {
    return requireNonNull(places.get(row), "the model did not encode the picture");
  }
}
