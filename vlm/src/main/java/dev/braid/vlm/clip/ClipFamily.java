package dev.braid.vlm.clip;

import dev.braid.model.Weights;
import dev.braid.vlm.Checkpoint;
import dev.braid.vlm.ModelDefinition;
import dev.braid.vlm.ModelFamily;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** CLIP models in the directories of Hugging Face and OpenCLIP. */
public final class ClipFamily implements ModelFamily {
  @Override
  public Checkpoint open(Path directory) throws IOException {
    ClipCheckpoint checkpoint = ClipCheckpoint.open(directory);
    ClipDefinition.of(checkpoint.files()).openTokenizer().close();
    return checkpoint;
  }

  @Override
  public void writeNew(Path directory, Weights weights, Map<String, byte[]> files)
      throws IOException {
    ClipCheckpoint.writeNew(directory, weights, HuggingFaceFiles.complete(files));
  }

  @Override
  public ModelDefinition define(Map<String, byte[]> files) {
    return ClipDefinition.of(files);
  }
}
