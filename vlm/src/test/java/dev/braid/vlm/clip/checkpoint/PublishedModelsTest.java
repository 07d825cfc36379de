package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.Allocation;
import dev.braid.vlm.checkpoint.StoredFile;
import dev.braid.vlm.checkpoint.StoredType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configurations that people download, and the figures known of their models. */
class PublishedModelsTest {
  private static final int MEBIBYTE = 1 << 20;

  /** A model, the number of its tensors and parameters, and the sizes that define it. */
  enum Published {
    B_32(
        "openai-vit-base-patch32",
        398,
        151_277_313,
        Activation.QUICK_GELU,
        "t=512 m=2048 v=768 n=3072 p=512 k=49408 c=77 s=32 g=50"),
    B_16(
        "openai-vit-base-patch16",
        398,
        149_620_737,
        Activation.QUICK_GELU,
        "t=512 m=2048 v=768 n=3072 p=512 k=49408 c=77 s=16 g=197"),
    L_14(
        "openai-vit-large-patch14",
        590,
        427_616_513,
        Activation.QUICK_GELU,
        "t=768 m=3072 v=1024 n=4096 p=768 k=49408 c=77 s=14 g=257"),
    LAION_H_14(
        "laion-vit-h-14",
        910,
        986_109_441,
        Activation.GELU,
        "t=1024 m=4096 v=1280 n=5120 p=1024 k=49408 c=77 s=14 g=257");

    final String file;
    final int tensors;
    final long parameters;
    final Activation activation;
    final String sides;

    Published(String file, int tensors, long parameters, Activation activation, String sides) {
      this.file = file;
      this.tensors = tensors;
      this.parameters = parameters;
      this.activation = activation;
      this.sides = sides;
    }

    long side(String word) {
      return Arrays.stream(sides.split(" ", -1))
          .filter(side -> side.startsWith(word + "="))
          .mapToLong(side -> Long.parseLong(side.substring(2)))
          .findAny()
          .orElseGet(() -> Long.parseLong(word));
    }

    ClipConfig config() {
      return ClipConfig.parse(resource(file + ".json"));
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = PublishedModelsTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tensors_areEveryKeyAndShapeOfThePublishedModelAndNoOther(Published model) {
    List<TensorSpec> tensors = model.config().tensors();

    assertThat(tensors).containsExactlyInAnyOrderElementsOf(published(model));
    assertThat(tensors).hasSize(model.tensors);
    assertThat(tensors.stream().mapToLong(TensorSpec::size).sum()).isEqualTo(model.parameters);
    assertThat(model.config().trained()).hasSize(model.tensors - 1);
  }

  private static List<TensorSpec> published(Published model) {
    ClipConfig config = model.config();
    return new String(resource("clip-tensors.txt"), UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> layers(line, config))
        .map(line -> tensor(line, model))
        .toList();
  }

  private static Stream<String> layers(String line, ClipConfig config) {
    int layers =
        line.startsWith("text")
            ? config.text().encoder().layers()
            : config.vision().encoder().layers();
    return line.contains("{l}")
        ? IntStream.range(0, layers).mapToObj(l -> line.replace("{l}", Integer.toString(l)))
        : Stream.of(line);
  }

  private static TensorSpec tensor(String line, Published model) {
    String[] words = line.split(" ", -1);
    return TensorSpec.of(
        words[0], Arrays.stream(words, 1, words.length).mapToLong(model::side).toArray());
  }

  @ParameterizedTest
  @EnumSource
  void parse_ofPublishedConfiguration_takesWhatItSays(Published model) {
    ClipConfig config = model.config();

    assertThat(config.text().endToken()).isIn(49407, TextConfig.TOLD_BY_TOKENIZER);
    for (EncoderConfig encoder : List.of(config.text().encoder(), config.vision().encoder())) {
      assertThat(encoder.activation()).isEqualTo(model.activation);
      assertThat(encoder.layerNormEpsilon()).isEqualTo(1e-5);
    }
    assertThat(config.text().encoder().headWidth()).isEqualTo(64);
    assertThat(config.vision().encoder().headWidth())
        .isEqualTo(model == Published.LAION_H_14 ? 80 : 64);
  }

  @Test
  void open_ofViTB32InShardsOfHalves_givesEveryValueInLittleMoreMemory(@TempDir Path base)
      throws Throwable {
    writeFiles(base, resource("openai-vit-base-patch32.json"));
    List<TensorSpec> tensors = published(Published.B_32);
    List<String> places = new ArrayList<>();
    for (int shard = 1; shard <= 2; shard++) {
      String name = "model-0000%s-of-00002.safetensors".formatted(shard);
      List<TensorSpec> part =
          shard == 1 ? tensors.subList(0, 100) : tensors.subList(100, tensors.size());
      writeRandomHalves(base.resolve(name), part);
      part.forEach(tensor -> places.add("\"%s\":\"%s\"".formatted(tensor.name(), name)));
    }
    Files.writeString(
        base.resolve("model.safetensors.index.json"),
        places.stream().collect(Collectors.joining(",", "{\"weight_map\":{", "}}")));
    long[] read = new long[1];

    long allocated =
        Allocation.of(
            () ->
                ClipCheckpoint.open(base)
                    .weights()
                    .forEach(
                        tensor -> {
                          assertRandomHalves(tensor.spec(), tensor.values());
                          read[0] += tensor.values().length;
                        }));

    assertThat(read[0]).isEqualTo(Published.B_32.parameters);
    // Read twice: to check them, and to hand them over. All else is freed and taken many times.
    assertThat(allocated).isLessThan(2 * (4 * read[0] + 64 * MEBIBYTE));
  }

  private static void writeFiles(Path base, byte[] config) throws IOException {
    Files.write(base.resolve("config.json"), config);
    Files.writeString(base.resolve("preprocessor_config.json"), "{}");
    Files.writeString(base.resolve("tokenizer.json"), "{}");
  }

  private static void writeRandomHalves(Path path, List<TensorSpec> tensors) throws IOException {
    StoredFile.Builder builder = new StoredFile.Builder();
    tensors.forEach(tensor -> builder.with(StoredType.F16, tensor));
    StoredFile file = builder.write(path);
    for (TensorSpec tensor : tensors) {
      SplittableRandom random = new SplittableRandom(tensor.name().hashCode());
      ByteBuffer bytes =
          ByteBuffer.allocate((int) tensor.size() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        bytes.putShort(randomHalf(random));
      }
      file.put(tensor.name(), bytes.flip());
    }
  }

  /** Any half-precision number below 2, so that none is infinite. */
  private static short randomHalf(SplittableRandom random) {
    return (short) (random.nextInt() & 0xbfff);
  }

  private static void assertRandomHalves(TensorSpec tensor, float[] values) {
    SplittableRandom random = new SplittableRandom(tensor.name().hashCode());
    for (int i = 0; i < values.length; i++) {
      int half = randomHalf(random);
      int exponent = (half >> 10) & 31;
      float magnitude =
          exponent == 0
              ? Math.scalb((float) (half & 1023), -24)
              : Math.scalb((float) (1024 + (half & 1023)), exponent - 25);
      if (values[i] != (half < 0 ? -magnitude : magnitude)) {
        assertThat(values[i]).as("%s[%s]", tensor.name(), i).isEqualTo(magnitude);
      }
    }
  }

  @Test
  void open_ofLaionsViTB32AsOpenClipStoresIt_hasTheTensorsOfViTB32(@TempDir Path base)
      throws IOException {
    Files.write(base.resolve("open_clip_config.json"), resource("laion-vit-b-32.open-clip.json"));
    Files.writeString(base.resolve("tokenizer.json"), "{}");
    StoredFile.Builder builder = new StoredFile.Builder();
    openClipTensors().forEach(tensor -> builder.with(StoredType.F16, tensor));
    builder.write(base.resolve("open_clip_model.safetensors"));

    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    assertThat(checkpoint.weights().tensors())
        .containsExactlyInAnyOrderElementsOf(published(Published.B_32));
    assertThat(checkpoint.config().text().encoder())
        .isEqualTo(new EncoderConfig(512, 2048, 12, 8, Activation.GELU, 1e-5));
    assertThat(checkpoint.config().vision().encoder())
        .isEqualTo(new EncoderConfig(768, 3072, 12, 12, Activation.GELU, 1e-5));
  }

  private static List<TensorSpec> openClipTensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    tensors.add(TensorSpec.of("logit_scale"));
    tensors.add(TensorSpec.of("positional_embedding", 77, 512));
    tensors.add(TensorSpec.of("text_projection", 512, 512));
    tensors.add(TensorSpec.of("token_embedding.weight", 49408, 512));
    tensors.add(TensorSpec.of("visual.class_embedding", 768));
    tensors.add(TensorSpec.of("visual.positional_embedding", 50, 768));
    tensors.add(TensorSpec.of("visual.proj", 768, 512));
    tensors.add(TensorSpec.of("visual.conv1.weight", 768, 3, 32, 32));
    addNorm(tensors, "ln_final", 512);
    addNorm(tensors, "visual.ln_pre", 768);
    addNorm(tensors, "visual.ln_post", 768);
    for (int layer = 0; layer < 12; layer++) {
      addBlock(tensors, "transformer.resblocks." + layer, 512);
      addBlock(tensors, "visual.transformer.resblocks." + layer, 768);
    }
    return tensors;
  }

  private static void addNorm(List<TensorSpec> tensors, String name, int width) {
    tensors.add(TensorSpec.of(name + ".weight", width));
    tensors.add(TensorSpec.of(name + ".bias", width));
  }

  private static void addBlock(List<TensorSpec> tensors, String block, int width) {
    addNorm(tensors, block + ".ln_1", width);
    addNorm(tensors, block + ".ln_2", width);
    tensors.add(TensorSpec.of(block + ".attn.in_proj_weight", 3L * width, width));
    tensors.add(TensorSpec.of(block + ".attn.in_proj_bias", 3L * width));
    tensors.add(TensorSpec.of(block + ".attn.out_proj.weight", width, width));
    tensors.add(TensorSpec.of(block + ".attn.out_proj.bias", width));
    tensors.add(TensorSpec.of(block + ".mlp.c_fc.weight", 4L * width, width));
    tensors.add(TensorSpec.of(block + ".mlp.c_fc.bias", 4L * width));
    tensors.add(TensorSpec.of(block + ".mlp.c_proj.weight", width, 4L * width));
    tensors.add(TensorSpec.of(block + ".mlp.c_proj.bias", width));
  }
}
