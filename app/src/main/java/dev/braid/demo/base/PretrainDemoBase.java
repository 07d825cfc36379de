package dev.braid.demo.base;

import static java.util.Objects.requireNonNull;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.primer.Primer;
import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.Pretraining;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.image.RgbImage;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The command that rebuilds the demo's base: it draws captioned pictures, trains on them and writes
 * the base.
 */
public final class PretrainDemoBase {
  static final TrainSettings SETTINGS =
      new TrainSettings(64, 16000, 200, 1.5e-3, 0, 0.9, 0.98, 1e-8, 0.01, 20);

  private static final int MERGES = 400;
  private static final int CAPTIONS_TO_LEARN_WORDS_FROM = 6000;
  private static final int STEPS_PER_LINE = 100;

  private final Primer primer;
  private final TrainSettings settings;
  private final Map<String, byte[]> files;
  private final ClipDefinition definition;

  PretrainDemoBase(TrainSettings settings) {
    this.primer = new Primer(settings.seed());
    this.settings = settings;
    this.files = DemoModelFiles.of(Vocabulary.learn(captions(), MERGES));
    this.definition = ClipDefinition.of(files);
  }

  /** Writes the base into the folder given as the only argument. */
  public static void main(String[] arguments) throws IOException {
    Check.argument(arguments.length == 1, "Usage: PretrainDemoBase FOLDER");
    new PretrainDemoBase(SETTINGS).run(Path.of(arguments[0]));
  }

  void run(Path folder) throws IOException {
    FirstWeights first = new FirstWeights(definition.config(), settings.seed());
    try (Pretraining training = Pretraining.start(definition, first, settings)) {
      double sum = 0;
      while (training.steps() < settings.steps()) {
        sum += step(training);
        if (training.steps() % STEPS_PER_LINE == 0) {
          System.out.printf(
              Locale.ROOT, "step %s: loss %.3f%n", training.steps(), sum / STEPS_PER_LINE);
          sum = 0;
        }
      }
      Map<String, NamedTensor> tensors = new HashMap<>();
      first.forEach(tensor -> tensors.put(tensor.spec().name(), tensor));
      training.read(tensor -> tensors.put(tensor.spec().name(), tensor));
      ClipCheckpoint.write(folder, new Learned(definition.config(), tensors), files);
    }
  }

  private List<String> captions() {
    return LongStream.range(0, CAPTIONS_TO_LEARN_WORDS_FROM)
        .mapToObj(number -> primer.page(number).caption())
        .toList();
  }

  /** Trains on the next pages, so no page is used twice. */
  private float step(Pretraining training) {
    Preprocessor preprocessor = definition.preprocessor();
    long first = (long) training.steps() * settings.batch();
    List<Primer.Page> pages =
        IntStream.range(0, settings.batch())
            .parallel()
            .mapToObj(i -> primer.page(first + i))
            .toList();
    float[] pixels = new float[settings.batch() * preprocessor.length()];
    for (int i = 0; i < pages.size(); i++) {
      Canvas picture = pages.get(i).picture();
      RgbImage image = RgbImage.of(picture.side(), picture.side(), picture.rgb());
      preprocessor.test(image, pixels, i * preprocessor.length());
    }
    return training.step(pixels, pages.stream().map(Primer.Page::caption).toList());
  }

  /** Tensors as weights in the configuration's order. */
  private record Learned(ClipConfig config, Map<String, NamedTensor> byName) implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return config.tensors();
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      for (TensorSpec spec : tensors()) {
        reader.accept(requireNonNull(byName.get(spec.name()), spec.name()));
      }
    }
  }
}
