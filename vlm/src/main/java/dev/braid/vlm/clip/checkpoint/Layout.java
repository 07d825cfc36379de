package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.List;
import java.util.Set;

/** A checkpoint layout: the names of the files, and where they store the model's tensors. */
enum Layout {
  /** The layout of Hugging Face's CLIPModel, whose tensor names Braid uses. */
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

  /** The layout of OpenCLIP, with the tensor names of OpenAI's first release. */
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

  /** The name of the file with the weights; the index of shards is named after it. */
  String weights() {
    return weights;
  }

  /** The name of the file that describes the model's shape. */
  String config() {
    return config;
  }

  /** The names of the files that must accompany the weights. */
  abstract List<String> files();

  /** Where one of the model's tensors is stored. */
  abstract TensorSource source(TensorSpec tensor);

  /** Whether this tensor is a constant that a checkpoint may hold besides the model's tensors. */
  abstract boolean isBuffer(String stored);
}
