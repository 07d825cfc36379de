package dev.braid.store.json;

import dev.braid.model.figures.Proportion;

/** The JSON of a share of a sample. */
public final class ProportionJson {
  private ProportionJson() {}

  /** The JSON of a share. */
  public static JsonObject toJson(Proportion share) {
    return new JsonObject().with("correct", share.correct()).with("total", share.total());
  }

  /** The share in these fields. */
  public static Proportion fromJson(JsonFields fields) {
    return new Proportion(fields.integer("correct"), fields.integer("total"));
  }
}
