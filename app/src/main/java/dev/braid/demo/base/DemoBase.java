package dev.braid.demo.base;

import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The pre-trained base in the jar. */
public final class DemoBase {
  private static final String WEIGHTS = "model.safetensors";

  private DemoBase() {}

  /** Copies the base into a folder, as a Hugging Face CLIP directory. */
  public static void copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>(ClipCheckpoint.FILES);
    names.add(WEIGHTS);
    for (String name : names) {
      try (InputStream file = DemoBase.class.getResourceAsStream(name)) {
        if (file == null) {
          throw new IOException(
              "Cannot copy the demo's base: %s is not in the jar".formatted(name));
        }
        Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
