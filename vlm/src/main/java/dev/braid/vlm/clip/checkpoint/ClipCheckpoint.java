package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.Weights;
import dev.braid.vlm.Checkpoint;
import dev.braid.vlm.checkpoint.BaseDirectory;
import dev.braid.vlm.checkpoint.ConfigReader;
import dev.braid.vlm.checkpoint.KeptFiles;
import dev.braid.vlm.checkpoint.NewDirectory;
import dev.braid.vlm.checkpoint.SafetensorsWriter;
import dev.braid.vlm.checkpoint.StoredTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CLIP directory: three small files, and weights that match the first of them.
 *
 * <p>The layout is that of Hugging Face or of OpenCLIP, whose {@code open_clip_config.json} is
 * converted when the directory is opened. Written directories always have Hugging Face's layout.
 *
 * <p>The weights are one safetensors file or shards with an index, stored as float32, float16 or
 * bfloat16. They are read tensor by tensor, so only one tensor at a time is in memory.
 *
 * <p>A missing tokenizer.json is built from vocab.json and merges.txt, a missing
 * preprocessor_config.json from processor_config.json.
 */
public final class ClipCheckpoint implements Checkpoint {
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String PREPROCESSOR = "preprocessor_config.json";

  /** The files that a model needs besides its weights. */
  public static final List<String> FILES = List.of(CONFIG, PREPROCESSOR, TOKENIZER);

  private static final String WEIGHTS = Layout.HUGGING_FACE.weights();
  private static final int LONGEST = 1 << 20;
  private static final int LONGEST_TOKENIZER = 32 << 20;

  private final ClipConfig config;
  private final Weights weights;
  private final SortedMap<String, byte[]> files;
  private final SortedMap<String, byte[]> keptFiles;

  private ClipCheckpoint(
      ClipConfig config,
      Weights weights,
      SortedMap<String, byte[]> files,
      SortedMap<String, byte[]> keptFiles) {
    this.config = config;
    this.weights = weights;
    this.files = files;
    this.keptFiles = keptFiles;
  }

  /**
   * Opens a directory and reads all of it once. OpenCLIP's layout is used if there are no weights
   * in Hugging Face's.
   *
   * @throws IllegalArgumentException if a file or tensor is missing, a tensor is not the model's or
   *     has the wrong shape, or a value is not finite
   */
  public static ClipCheckpoint open(Path path) throws IOException {
    BaseDirectory directory = new BaseDirectory(path);
    directory.check(Files.isDirectory(path), "there is no such folder");
    Layout layout = layout(directory);
    checkComplete(directory, layout);
    SortedMap<String, byte[]> files =
        layout == Layout.OPEN_CLIP ? openClipFiles(directory) : files(directory);
    ClipConfig config = ClipConfig.parse(Objects.requireNonNull(files.get(CONFIG)));
    TokenizerIds.check(
        Objects.requireNonNull(files.get(TOKENIZER)), config.text().vocabularySize());
    StoredTensors stored = StoredTensors.open(directory, layout.weights());
    Weights weights = new CheckedWeights(config.tensors(), layout, stored, directory);
    weights.forEach(tensor -> {});
    return new ClipCheckpoint(
        config,
        weights,
        Collections.unmodifiableSortedMap(files),
        KeptFiles.of(directory, files.keySet()));
  }

  private static void checkComplete(BaseDirectory directory, Layout layout) throws IOException {
    boolean hasConfig = directory.has(layout.config());
    if (!hasConfig) {
      MissingFiles.checkWhole(directory);
    } else if (layout
        == Layout.HUGGING_FACE) { // another model is named before its files are missed
      var unused = ModelType.of(ConfigReader.parse(CONFIG, read(directory, CONFIG)));
    }
    boolean hasWeights = StoredTensors.exist(directory, layout.weights());
    if (!hasWeights) {
      MissingFiles.checkNotPickled(directory);
    }
    for (String name : layout.files()) {
      checkPresent(directory, layout, name, has(directory, name));
    }
    checkPresent(directory, layout, layout.weights(), hasWeights);
  }

  /** Whether the directory has this file, or others from which it is made. */
  private static boolean has(BaseDirectory directory, String name) throws IOException {
    return switch (name) {
      case TOKENIZER -> directory.has(name) || hasTokenizerPair(directory);
      case PREPROCESSOR -> ImageProcessorFile.read(directory).isPresent();
      default -> directory.has(name);
    };
  }

  private static Layout layout(BaseDirectory directory) {
    boolean openClip =
        !StoredTensors.exist(directory, WEIGHTS)
            && StoredTensors.exist(directory, Layout.OPEN_CLIP.weights());
    return openClip ? Layout.OPEN_CLIP : Layout.HUGGING_FACE;
  }

  private static SortedMap<String, byte[]> files(BaseDirectory directory) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(CONFIG, read(directory, CONFIG));
    files.put(PREPROCESSOR, ImageProcessorFile.read(directory).orElseThrow());
    files.put(TOKENIZER, tokenizer(directory));
    return files;
  }

  private static SortedMap<String, byte[]> openClipFiles(BaseDirectory directory)
      throws IOException {
    OpenClipConfig config = OpenClipConfigParser.parse(read(directory, Layout.OPEN_CLIP.config()));
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(CONFIG, config.configJson());
    files.put(PREPROCESSOR, config.preprocessorJson());
    files.put(TOKENIZER, tokenizer(directory));
    return files;
  }

  /** The tokenizer.json, built from the two older files if it is missing. */
  private static byte[] tokenizer(BaseDirectory directory) throws IOException {
    if (directory.has(TOKENIZER)) {
      return read(directory, TOKENIZER);
    }
    return VocabularyFiles.tokenizerJson(
        directory.read(VocabularyFiles.VOCABULARY, LONGEST_TOKENIZER),
        directory.read(VocabularyFiles.MERGES, LONGEST_TOKENIZER));
  }

  private static boolean hasTokenizerPair(BaseDirectory directory) {
    return directory.has(VocabularyFiles.VOCABULARY) && directory.has(VocabularyFiles.MERGES);
  }

  private static byte[] read(BaseDirectory directory, String name) throws IOException {
    return directory.read(name, name.equals(TOKENIZER) ? LONGEST_TOKENIZER : LONGEST);
  }

  private static void checkPresent(
      BaseDirectory directory, Layout layout, String name, boolean present) {
    directory.check(
        present,
        "it has no %s (a base is a folder with %s and %s)",
        name,
        layout.weights(),
        String.join(", ", layout.files()));
  }

  /**
   * Creates a directory that {@link #open} and Hugging Face's loaders read, in one step: it appears
   * complete or not at all.
   *
   * @throws IllegalArgumentException if the path exists and is not an empty directory
   */
  public static void writeNew(Path directory, Weights weights, Map<String, byte[]> files)
      throws IOException {
    NewDirectory.at(directory).fill(unfinished -> write(unfinished, weights, files));
  }

  /** Writes the files of {@link #writeNew} into a directory and replaces existing ones. */
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

  @Override
  public Weights weights() {
    return weights;
  }

  /** The bytes of {@link #FILES}. The arrays are shared: do not change them. */
  @Override
  public SortedMap<String, byte[]> files() {
    return files;
  }

  @Override
  public SortedMap<String, byte[]> keptFiles() {
    return keptFiles;
  }
}
