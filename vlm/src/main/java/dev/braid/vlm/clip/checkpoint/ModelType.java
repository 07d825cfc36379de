package dev.braid.vlm.clip.checkpoint;

import dev.braid.vlm.checkpoint.ConfigReader;
import java.util.Map;

/** The architectures of a config.json that are CLIPs, by their {@code model_type}. */
enum ModelType {
  CLIP("clip"),
  /** A CLIP with a multilingual vocabulary, whose end token has the id 2. */
  METACLIP_2("metaclip_2");

  static final String KEY = "model_type";

  private static final String HALF =
      "it is only the %s half of a CLIP; save the whole CLIPModel in one folder";

  /** Why other architectures that look like a CLIP are refused. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("clip_text_model", HALF.formatted("text")),
          Map.entry("clip_vision_model", HALF.formatted("image")),
          Map.entry("metaclip_2_text_model", HALF.formatted("text")),
          Map.entry("metaclip_2_vision_model", HALF.formatted("image")),
          Map.entry("siglip", "it is a SigLIP, which Braid does not read; use a CLIP"),
          Map.entry("siglip2", "it is a SigLIP 2, which Braid does not read; use a CLIP"));

  private final String label;

  ModelType(String label) {
    this.label = label;
  }

  /** The type of a config.json, CLIP if it names none; refuses others. */
  static ModelType of(ConfigReader config) {
    String label = config.text(KEY, CLIP.label);
    for (ModelType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "Invalid %s in %s: %s (%s)"
            .formatted(KEY, config.file(), label, OTHERS.getOrDefault(label, CLIP.label)));
  }

  /** The type of the text tower. */
  String text() {
    return label + "_text_model";
  }

  /** The type of the vision tower. */
  String vision() {
    return label + "_vision_model";
  }
}
