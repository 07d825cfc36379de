package dev.braid.demo.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import dev.braid.vlm.clip.Clip;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoBaseZeroShotTest {
  private static final int PICTURES = 12;

  @Test
  void zeroShot_overAllDomains_isBetterThanChanceAndFarFromPerfect(@TempDir Path folder)
      throws IOException, UndecodableImageException {
    DemoBase.copyTo(folder);
    ClipCheckpoint base = ClipCheckpoint.open(folder);
    double accuracy = 0;
    double chance = 0;
    try (Clip clip = Clip.load(ClipDefinition.of(base.files()), base.weights())) {
      for (Domain domain : World.domains()) {
        accuracy += accuracy(clip, domain) / World.domains().size();
        chance += 1.0 / domain.classNames().size() / World.domains().size();
      }
    }
    assertThat(accuracy).isBetween(1.5 * chance, 0.75);
  }

  private static double accuracy(Clip clip, Domain domain) throws UndecodableImageException {
    World world = new World(99);
    float[][] classes = clip.classWeights(domain.classNames(), domain.templates());
    int right = 0;
    for (int label = 0; label < classes.length; label++) {
      List<byte[]> pictures = new ArrayList<>();
      for (int number = 0; number < PICTURES; number++) {
        pictures.add(world.picture(domain, "test", label, number));
      }
      for (float[] image : clip.encodeImages(pictures)) {
        right += nearest(image, classes) == label ? 1 : 0;
      }
    }
    return right / (double) (PICTURES * classes.length);
  }

  private static int nearest(float[] image, float[][] classes) {
    int best = 0;
    for (int k = 1; k < classes.length; k++) {
      best = dot(image, classes[k]) > dot(image, classes[best]) ? k : best;
    }
    return best;
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
