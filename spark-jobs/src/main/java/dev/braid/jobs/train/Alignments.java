package dev.braid.jobs.train;

import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.train.Conflicts;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conflicts that the alignments of a training found, in order; none without alignment. */
public record Alignments(List<Conflicts> conflicts) implements Serializable {
  static final Alignments NONE = new Alignments(List.of());

  /** The field that holds them, in their own object and in a checkpoint. */
  static final String FIELD = "alignments";

  private static final String STEP = "step";
  private static final String INSIDE = "inside-mask";
  private static final String OVERALL = "overall";

  public Alignments {
    conflicts = List.copyOf(conflicts);
  }

  /**
   * The alignments of a finished training; none if it was not aligned.
   *
   * @throws IllegalArgumentException if the store has no receipt of the training
   */
  public static Alignments of(ModelStore store, Training training) {
    DatasetRecord pictures = store.records().dataset(training.dataset());
    Digest inputs = training.inputs(pictures);
    return store
        .receipts()
        .find(Training.STAGE.name(), inputs)
        .map(receipt -> of(store, receipt))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read the alignments of training %s: it is not finished; run it first"
                        .formatted(inputs.abbreviated())));
  }

  /** The alignments of a receipt's training; none if it was not aligned. */
  public static Alignments of(ModelStore store, Receipt training) {
    return Optional.ofNullable(training.outputs().get(Output.ALIGNMENTS))
        .map(digest -> fromJson(store.objects().read(digest, "json"), digest + ".json"))
        .orElse(NONE);
  }

  /** These alignments, followed by later ones. */
  Alignments plus(Alignments later) {
    return new Alignments(Stream.concat(conflicts.stream(), later.conflicts.stream()).toList());
  }

  byte[] toJson() {
    return addTo(new JsonObject()).bytes();
  }

  static Alignments fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, Alignments::in);
  }

  /** Adds these alignments to an object. */
  JsonObject addTo(JsonObject json) {
    return json.with(
        FIELD,
        conflicts,
        each ->
            new JsonObject()
                .with(STEP, each.step())
                .with(INSIDE, each.insideMask())
                .with(OVERALL, each.overall()));
  }

  /** The alignments in an object. */
  static Alignments in(JsonFields fields) {
    return new Alignments(
        fields.objects(
            FIELD,
            each ->
                new Conflicts(
                    each.smallInteger(STEP), each.float64(INSIDE), each.float64(OVERALL))));
  }
}
