package dev.braid.demo.base;

import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
      try (InputStream file = open(name)) {
        Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The small files that define the model, by their names. */
  public static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (String name : ClipCheckpoint.FILES) {
      try (InputStream file = open(name)) {
        files.put(name, file.readAllBytes());
      }
    }
    return files;
  }

  private static InputStream open(String name) throws IOException {
    InputStream file = DemoBase.class.getResourceAsStream(name);
    if (file == null) {
      throw new IOException("Cannot read the demo's base: %s is not in the jar".formatted(name));
    }
    return file;
  }
}
