package dev.braid.demo.base;

import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A CLIP directory for tests: the demo's base after a few training steps. */
public final class MicroBase {
  private MicroBase() {}

  /** Writes the base into a folder. */
  public static void writeTo(Path folder) throws IOException {
    new PretrainDemoBase(new TrainSettings(16, 10, 2, 1e-3, 0, 0.9, 0.98, 1e-8, 0.01, 20))
        .run(folder);
  }
}
