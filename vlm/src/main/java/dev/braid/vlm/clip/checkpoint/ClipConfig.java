package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shape of a CLIP model, as its config.json describes it.
 *
 * @param projectionDim the length of the vectors of images and texts
 */
public record ClipConfig(TextConfig text, VisionConfig vision, int projectionDim) {
  /** The one tensor that is never trained: the logarithm of the factor of the logits. */
  public static final String LOGIT_SCALE = "logit_scale";

  /** Reads a config.json; missing fields have the defaults of Hugging Face's CLIPConfig. */
  public static ClipConfig parse(byte[] configJson) {
    return ClipConfigParser.parse(configJson);
  }

  /** All tensors of the model by their Hugging Face names, sorted by name. */
  public List<TensorSpec> tensors() {
    return Stream.of(
            text.tensors(),
            vision.tensors(),
            Stream.of(
                TensorSpec.of(LOGIT_SCALE),
                TensorSpec.of("text_projection.weight", projectionDim, text.encoder().width()),
                TensorSpec.of("visual_projection.weight", projectionDim, vision.encoder().width())))
        .flatMap(tensors -> tensors)
        .sorted(Comparator.comparing(TensorSpec::name))
        .toList();
  }

  /** The tensors that full fine-tuning trains: all but the logit scale. */
  public List<TensorSpec> trained() {
    return tensors().stream().filter(tensor -> !tensor.name().equals(LOGIT_SCALE)).toList();
  }
}
