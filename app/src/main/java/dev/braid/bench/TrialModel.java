package dev.braid.bench;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The models of the comparisons. */
public enum TrialModel {
  /** A small CLIP on pictures of 32 pixels. */
  TINY("tiny", 64, 64),
  /** CLIP ViT-B/16: 149,620,737 parameters. */
  VIT_B_16("vit-b-16", 4, 16);

  private final String title;
  private final int batch;
  private final int classes;

  TrialModel(String title, int batch, int classes) {
    this.title = title;
    this.batch = batch;
    this.classes = classes;
  }

  /** The default number of pictures per step. */
  public int batch() {
    return batch;
  }

  /** The number of class names, all of which every step encodes. */
  int classes() {
    return classes;
  }

  /** The model's config.json. */
  byte[] configJson() throws IOException {
    try (InputStream in = TrialModel.class.getResourceAsStream(title + ".json")) {
      return Objects.requireNonNull(in, title).readAllBytes();
    }
  }

  ClipConfig config() throws IOException {
    return ClipConfig.parse(configJson());
  }

  /** The tensors that full fine-tuning trains. */
  public List<TensorSpec> trainedTensors() throws IOException {
    return config().trained();
  }

  @Override
  public String toString() {
    return title;
  }
}
