package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Hugging Face CLIP directory: three small files, and weights that fit the first of them. */
public final class ClipCheckpoint {
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String PREPROCESSOR = "preprocessor_config.json";

  /** The files beside the weights that make a model usable. */
  public static final List<String> FILES = List.of(CONFIG, PREPROCESSOR, TOKENIZER);

  private static final String WEIGHTS = "model.safetensors";

  private final ClipConfig config;
  private final Weights weights;
  private final SortedMap<String, byte[]> files;

  private ClipCheckpoint(ClipConfig config, Weights weights, SortedMap<String, byte[]> files) {
    this.config = config;
    this.weights = weights;
    this.files = files;
  }

  /**
   * Opens a directory and reads it once through: a missing file, a tensor too few or too many, a
   * wrong shape, a value that is not finite are refused.
   */
  public static ClipCheckpoint open(Path directory) throws IOException {
    Check.argument(
        Files.isDirectory(directory),
        "Cannot open the base %s: there is no such folder",
        directory);
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : FILES) {
      files.put(name, Files.readAllBytes(existing(directory, name)));
    }
    ClipConfig config = ClipConfig.parse(Files.readAllBytes(directory.resolve(CONFIG)));
    SafetensorsFile file = SafetensorsFile.open(existing(directory, WEIGHTS));
    Weights weights = new CheckedWeights(config, file, directory);
    weights.forEach(tensor -> {});
    return new ClipCheckpoint(config, weights, Collections.unmodifiableSortedMap(files));
  }

  private static Path existing(Path directory, String name) {
    Path file = directory.resolve(name);
    Check.argument(
        Files.isRegularFile(file),
        "Cannot open the base %s: it has no %s (a base is a folder with %s and %s)",
        directory,
        name,
        WEIGHTS,
        String.join(", ", FILES));
    return file;
  }

  /** Writes a directory that {@link #open} and Hugging Face's loaders read. */
  public static void write(Path directory, Weights weights, Map<String, byte[]> files)
      throws IOException {
    for (String name : FILES) {
      Check.argument(files.containsKey(name), "Cannot write a base: %s is missing", name);
    }
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    SafetensorsWriter.write(directory.resolve(WEIGHTS), weights);
  }

  public ClipConfig config() {
    return config;
  }

  /** All tensors of the configuration, sorted by name, as float32. */
  public Weights weights() {
    return weights;
  }

  /** The bytes of {@link #FILES}, which are shared: read them, do not change them. */
  public SortedMap<String, byte[]> files() {
    return files;
  }
}
