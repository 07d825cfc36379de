package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.vlm.image.UndecodableImageException;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.Picture;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A program that works for minutes and prints the KiB of live heap and of resident memory outside
 * the heap: medians over the first and the last tenth of the work.
 *
 * <p>It must run with a pre-touched heap; otherwise pages of the heap look like native memory.
 */
public final class MemoryGrowth {
  static final int STEPS = 2_000;
  static final int PICTURES = 10_000;

  private static final int BATCH = 16;
  private static final int SAMPLES = 20;
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final ClipDefinition SMALL =
      MicroClip.definition(
          """
          {"projection_dim": 64,
           "text_config": {"hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 2,
             "num_attention_heads": 2, "max_position_embeddings": 7, "vocab_size": 20,
             "eos_token_id": 19, "pad_token_id": 19},
           "vision_config": {"hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 2,
             "num_attention_heads": 2, "image_size": 32, "patch_size": 8}}
          """
              .getBytes(UTF_8));

  private final int all;
  private final List<Long> heap = new ArrayList<>();
  private final List<Long> outside = new ArrayList<>();

  private MemoryGrowth(int all) {
    this.all = all;
  }

  /** Trains if the argument is "train", otherwise encodes images. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("train")) {
      train();
    } else {
      encode();
    }
  }

  private static void train() throws IOException, UndecodableImageException {
    MemoryGrowth growth = new MemoryGrowth(STEPS);
    ParameterSpace space =
        new ParameterSpace(Digest.of("a base"), new ParameterKind.Full(), SMALL.config().trained());
    TrainSettings settings = new TrainSettings(BATCH, STEPS, 0, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    List<Picture> pictures =
        IntStream.range(0, 64).mapToObj(i -> new Picture(i, i % 3, MicroClip.picture(i))).toList();
    try (FineTuning training =
        SMALL.startTraining(
            Device.CPU,
            MicroClip.weights(SMALL.config(), 1),
            space,
            settings,
            List.of("a b", "c", "b b d"))) {
      training.run(STEPS, pictures, (step, loss, rate) -> growth.observe(step));
    }
    growth.print();
  }

  private static void encode() throws IOException, UndecodableImageException {
    MemoryGrowth growth = new MemoryGrowth(PICTURES);
    List<byte[]> batch = LongStream.range(0, 5).mapToObj(MicroClip::picture).toList();
    try (Clip clip = Clip.load(SMALL, MicroClip.weights(SMALL.config(), 1))) {
      for (int done = 0; done < PICTURES; done += batch.size()) {
        clip.encodeImages(batch);
        growth.observe(done);
      }
    }
    growth.print();
  }

  private void observe(int done) {
    int tenth = all / 10;
    boolean counts = done < tenth || done >= all - tenth;
    if (counts && done % (tenth / SAMPLES) == 0) {
      System.gc();
      MemoryUsage use = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
      heap.add(use.getUsed() / 1024);
      outside.add(resident() - use.getCommitted() / 1024);
    }
  }

  private static long resident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      String line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void print() {
    int half = heap.size() / 2;
    System.out.printf(
        "%s %s %s %s%n",
        median(heap.subList(0, half)),
        median(heap.subList(half, 2 * half)),
        median(outside.subList(0, half)),
        median(outside.subList(half, 2 * half)));
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
