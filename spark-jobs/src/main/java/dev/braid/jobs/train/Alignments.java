package dev.braid.jobs.train;

import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Receipt;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.train.Conflicts;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the alignments of a training found, in their order; none where it is not aligned. */
public record Alignments(List<Conflicts> conflicts) implements Serializable {
  /** The output of a training's receipt that names them. */
  static final String OUTPUT = "alignments";

  static final Alignments NONE = new Alignments(List.of());

  private static final String STEP = "step";
  private static final String INSIDE = "inside-mask";
  private static final String OVERALL = "overall";

  public Alignments {
    conflicts = List.copyOf(conflicts);
  }

  /**
   * Those of a finished training; none if it was not aligned.
   *
   * @throws IllegalArgumentException if the store knows no such training
   */
  public static Alignments of(ModelStore store, Training training) {
    DatasetRecord pictures = store.records().dataset(training.dataset());
    Digest inputs = training.inputs(pictures);
    return store
        .receipts()
        .find(Training.STAGE, inputs)
        .map(receipt -> of(store, receipt))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read the alignments of training %s: it is not finished; run it first"
                        .formatted(inputs.abbreviated())));
  }

  /** Those of the training that left the receipt; none if it was not aligned. */
  public static Alignments of(ModelStore store, Receipt training) {
    return Optional.ofNullable(training.outputs().get(OUTPUT))
        .map(digest -> fromJson(store.objects().read(digest, "json"), digest + ".json"))
        .orElse(NONE);
  }

  /** These, and then those. */
  Alignments plus(Alignments later) {
    return new Alignments(Stream.concat(conflicts.stream(), later.conflicts.stream()).toList());
  }

  byte[] toJson() {
    return addTo(new JsonObject()).bytes();
  }

  static Alignments fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, Alignments::in);
  }

  /** The object with a field for these. */
  JsonObject addTo(JsonObject json) {
    return json.with(
        OUTPUT,
        conflicts,
        each ->
            new JsonObject()
                .with(STEP, each.step())
                .with(INSIDE, each.insideMask())
                .with(OVERALL, each.overall()));
  }

  /** Those of an object that has the field. */
  static Alignments in(JsonFields fields) {
    return new Alignments(
        fields.objects(
            OUTPUT,
            each ->
                new Conflicts(
                    each.smallInteger(STEP), each.float64(INSIDE), each.float64(OVERALL))));
  }
}
