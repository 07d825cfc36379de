package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shape of a CLIP model, as its config.json tells it.
 *
 * @param projectionDim length of the vectors in which pictures and texts meet
 */
public record ClipConfig(TextConfig text, VisionConfig vision, int projectionDim) {
  /** The one tensor that training leaves alone: the logarithm of the factor of the logits. */
  public static final String LOGIT_SCALE = "logit_scale";

  /** Reads a config.json; what it leaves out has the default of Hugging Face's CLIPConfig. */
  public static ClipConfig parse(byte[] configJson) {
    return ClipConfigParser.parse(configJson);
  }

  /** Every tensor of the model under its Hugging Face name, sorted by name. */
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

  /** The tensors that full fine-tuning trains: all but the factor of the logits. */
  public List<TensorSpec> trained() {
    return tensors().stream().filter(tensor -> !tensor.name().equals(LOGIT_SCALE)).toList();
  }
}
