package dev.braid.vlm.clip.checkpoint;

import dev.braid.vlm.checkpoint.BaseDirectory;
import dev.braid.vlm.checkpoint.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what to do about a directory that is almost a base. */
final class MissingFiles {
  private static final int LONGEST = 1 << 20;
  private static final List<String> PICKLED =
      List.of("pytorch_model.bin", "pytorch_model.bin.index.json");
  private static final String OPEN_CLIP_PICKLED = "open_clip_pytorch_model.bin";

  private static final String CONVERSION =
      """
      it has %1$s, which can run code when it is read, but no %2$s; convert it once with Python:
      from transformers import CLIPModel
      CLIPModel.from_pretrained("%3$s").save_pretrained("%3$s")""";

  private static final String OPEN_CLIP_CONVERSION =
      """
it has %1$s, which can run code when it is read, but no %2$s; convert it once with Python:
import torch; from safetensors.torch import save_file; load = torch.load("%3$s/%1$s", weights_only=True)
save_file({name: tensor.contiguous() for name, tensor in load.items()}, "%3$s/%2$s")""";

  private MissingFiles() {}

  /** Refuses weights in Python's pickle format, with the lines that convert them. */
  static void checkNotPickled(BaseDirectory directory) {
    for (String name : PICKLED) {
      directory.check(
          !directory.has(name), CONVERSION, name, Layout.HUGGING_FACE.weights(), directory.path());
    }
    directory.check(
        !directory.has(OPEN_CLIP_PICKLED),
        OPEN_CLIP_CONVERSION,
        OPEN_CLIP_PICKLED,
        Layout.OPEN_CLIP.weights(),
        directory.path());
  }

  /** Refuses a directory whose folders hold the two halves of a CLIP. */
  static void checkWhole(BaseDirectory directory) throws IOException {
    Optional<String> text = folder(directory, ModelType.CLIP.text());
    Optional<String> image = folder(directory, ModelType.CLIP.vision());
    if (text.isPresent() && image.isPresent()) {
      directory.check(
          false,
          "it holds the halves of a CLIP in the folders %s and %s; save the whole CLIPModel in one"
              + " folder",
          text.get(),
          image.get());
    }
  }

  private static Optional<String> folder(BaseDirectory directory, String type) throws IOException {
    try (Stream<Path> children = Files.list(directory.path())) {
      for (Path child : (Iterable<Path>) children.filter(Files::isDirectory).sorted()::iterator) {
        if (type.equals(type(new BaseDirectory(child)))) {
          return Optional.of(String.valueOf(child.getFileName()));
        }
      }
    }
    return Optional.empty();
  }

  private static String type(BaseDirectory directory) throws IOException {
    if (!directory.has(ClipCheckpoint.CONFIG)) {
      return "";
    }
    byte[] json = directory.read(ClipCheckpoint.CONFIG, LONGEST);
    return ConfigReader.parse(ClipCheckpoint.CONFIG, json).text(ModelType.KEY, "");
  }
}
