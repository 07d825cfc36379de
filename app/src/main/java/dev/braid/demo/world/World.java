package dev.braid.demo.world;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.model.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's domains, and their pictures as folders that can be ingested. */
public final class World {
  /** The side of every picture in pixels. */
  public static final int SIDE = 32;

  private final long seed;

  /** Creates the world of a seed: another seed gives other pictures of the same classes. */
  public World(long seed) {
    this.seed = seed;
  }

  /** The domains in the order in which the demo learns them. */
  public static List<Domain> domains() {
    return List.of(
        new ShapesDomain(),
        new TexturesDomain(),
        new DigitsDomain(),
        new ScenesDomain(),
        new SignsDomain(),
        new PlotsDomain());
  }

  /** One picture as a PNG file. */
  public byte[] picture(Domain domain, String split, int label, int number) {
    Check.argument(
        label >= 0 && label < domain.classNames().size(),
        "Invalid label: %s (%s has %s classes)",
        label,
        domain.name(),
        domain.classNames().size());
    String path = domain.name() + '/' + split + '/' + label + '/' + number;
    Canvas canvas = new Canvas(SIDE);
    domain.draw(label, canvas, Chance.of(seed, path));
    return canvas.png();
  }

  /** Writes {@code train/<class>/<nnn>.png} and {@code test/…} of a domain into a folder. */
  public void write(Domain domain, Path folder, Counts counts) throws IOException {
    write(domain, folder, "train", counts.train());
    write(domain, folder, "test", counts.test());
  }

  private void write(Domain domain, Path folder, String split, int count) throws IOException {
    List<String> classNames = domain.classNames();
    for (int label = 0; label < classNames.size(); label++) {
      Path pictures = folder.resolve(split).resolve(classNames.get(label).replace(' ', '_'));
      Files.createDirectories(pictures);
      for (int number = 0; number < count; number++) {
        Files.write(
            pictures.resolve("%03d.png".formatted(number)), picture(domain, split, label, number));
      }
    }
  }

  /** The numbers of pictures per class. */
  public record Counts(int train, int test) {
    public Counts {
      Check.argument(train > 0 && test > 0, "Invalid counts: %s, %s (positive)", train, test);
    }
  }
}
