package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.List;
import java.util.Set;

/**
 * A way of laying out a checkpoint: names of its files, and where a model's tensors are in them.
 */
enum Layout {
  /** Hugging Face's CLIPModel, whose names are ours. */
  HUGGING_FACE("model.safetensors", "config.json") {
    @Override
    List<String> files() {
      return ClipCheckpoint.FILES;
    }

    @Override
    TensorSource source(TensorSpec tensor) {
      return TensorSource.whole(tensor.name(), tensor);
    }

    @Override
    boolean isBuffer(String stored) {
      return POSITION_IDS.contains(stored);
    }
  },

  /** OpenCLIP, whose names are those of OpenAI's first release. */
  OPEN_CLIP("open_clip_model.safetensors", "open_clip_config.json") {
    @Override
    List<String> files() {
      return List.of(config(), ClipCheckpoint.TOKENIZER);
    }

    @Override
    TensorSource source(TensorSpec tensor) {
      return OpenClipNames.source(tensor);
    }

    @Override
    boolean isBuffer(String stored) {
      return false;
    }
  };

  private static final Set<String> POSITION_IDS =
      Set.of("text_model.embeddings.position_ids", "vision_model.embeddings.position_ids");

  private final String weights;
  private final String config;

  Layout(String weights, String config) {
    this.weights = weights;
    this.config = config;
  }

  /** The name of the file with the weights; shards have an index of this name. */
  String weights() {
    return weights;
  }

  /** The name of the file that tells the model's shape. */
  String config() {
    return config;
  }

  /** The names of the files that must lie beside the weights. */
  abstract List<String> files();

  /** Where one of the model's tensors lies. */
  abstract TensorSource source(TensorSpec tensor);

  /** Whether a checkpoint may hold this tensor beside the model's: a list that nobody learned. */
  abstract boolean isBuffer(String stored);
}
