package dev.braid.jobs.train;

import dev.braid.model.Digest;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.Seal;
import java.io.Serializable;
import java.util.List;

/**
 * The state of a training between two rounds: digests of blobs in its staging area.
 *
 * @param step the steps done so far
 * @param weights from which every replica continues; none before the first step
 * @param replicas the moments of each replica; none before the first step
 * @param momentum of the outer step; none with one replica
 * @param alignments so far
 */
record TrainingCheckpoint(
    int step,
    List<Digest> weights,
    List<Moments> replicas,
    List<Digest> momentum,
    Alignments alignments)
    implements Serializable {
  /** AdamW's two moments of one replica. */
  record Moments(Digest first, Digest second) implements Serializable {}

  /** Before the first step of a training that reads its start itself. */
  static final TrainingCheckpoint NONE = startingFrom(List.of());

  private static final String STEP = "step";
  private static final String WEIGHTS = "weights";
  private static final String REPLICAS = "replicas";
  private static final String FIRST = "first-moments";
  private static final String SECOND = "second-moments";
  private static final String MOMENTUM = "momentum";

  /** Before the first step, with the start weights if they are stored as a vector. */
  static TrainingCheckpoint startingFrom(List<Digest> weights) {
    return new TrainingCheckpoint(0, weights, List.of(), List.of(), Alignments.NONE);
  }

  /** The checkpoint as sealed JSON. */
  byte[] toJson() {
    JsonObject json =
        new JsonObject()
            .with(STEP, step)
            .with(WEIGHTS, weights)
            .with(MOMENTUM, momentum)
            .with(
                REPLICAS,
                replicas,
                moments ->
                    new JsonObject().with(FIRST, moments.first()).with(SECOND, moments.second()));
    if (!alignments.equals(Alignments.NONE)) {
      alignments.addTo(json);
    }
    return Seal.set(json.bytes());
  }

  static TrainingCheckpoint fromJson(byte[] json, String file) {
    return JsonFields.read(
        Seal.liftIfSet(json, file),
        file,
        fields ->
            new TrainingCheckpoint(
                fields.smallInteger(STEP),
                digests(fields, WEIGHTS),
                fields.objects(REPLICAS, TrainingCheckpoint::moments),
                digests(fields, MOMENTUM),
                fields.has(Alignments.FIELD) ? Alignments.in(fields) : Alignments.NONE));
  }

  private static Moments moments(JsonFields fields) {
    return new Moments(fields.digest(FIRST), fields.digest(SECOND));
  }

  private static List<Digest> digests(JsonFields fields, String key) {
    return fields.strings(key).stream().map(Digest::new).toList();
  }
}
