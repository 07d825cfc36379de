package dev.braid.demo.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.primer.Primer;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.ClipTokenizer;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainDemoBaseTest {
  private static final TrainSettings SHORT =
      new TrainSettings(8, 3, 1, 1e-3, 0, 0.9, 0.98, 1e-8, 0.01, 20);

  @TempDir private Path folder;

  @Test
  void run_again_writesTheSameBytes() throws IOException {
    Path once = folder.resolve("once");
    Path again = folder.resolve("again");
    new PretrainDemoBase(SHORT).run(once);
    new PretrainDemoBase(SHORT).run(again);
    for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(once.resolve(file));
    }
  }

  @Test
  void run_writesTheShapeAndTheWordsOfTheBaseInTheJar() throws IOException {
    Path written = folder.resolve("written");
    Path inJar = folder.resolve("in-jar");
    new PretrainDemoBase(SHORT).run(written);
    DemoBase.copyTo(inJar);
    for (String file : ClipCheckpoint.FILES) {
      assertThat(written.resolve(file)).hasSameBinaryContentAs(inJar.resolve(file));
    }
  }

  @Test
  void copyTo_givesABaseOfAtMostFiveMegabytes_thatOpens() throws IOException {
    DemoBase.copyTo(folder);
    assertThat(ClipCheckpoint.open(folder).config().vision().imageSize()).isEqualTo(32);
    assertThat(Files.size(folder.resolve("model.safetensors"))).isLessThan(5_000_000);
  }

  @Test
  void tokenizer_knowsEveryWordOfTheCaptions_andFitsThemIntoItsContext() throws IOException {
    DemoBase.copyTo(folder);
    ClipDefinition base = ClipDefinition.of(ClipCheckpoint.open(folder).files());
    Primer primer = new Primer(1);
    try (ClipTokenizer tokenizer = base.openTokenizer()) {
      for (int number = 0; number < 300; number++) {
        String caption = primer.page(number).caption();
        int[] ids = tokenizer.encode(caption);
        long words = Pattern.compile(Vocabulary.WORD).matcher(caption).results().count();
        assertThat(tokenizer.endPosition(ids)).as(caption).isEqualTo((int) (1 + words));
      }
      assertThat(Arrays.equals(tokenizer.encode("A  Circle"), tokenizer.encode("a circle")))
          .isTrue();
    }
  }
}
