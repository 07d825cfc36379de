package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.figure.Clutter;
import dev.braid.demo.world.World;
import java.util.List;

/** An endless sequence of captioned pictures; each one is a function of the seed and its number. */
public final class Primer {
  private static final List<CaptionedSet> STYLES =
      List.of(
          new OutlineSet(),
          new DisplaySet(),
          new SilhouetteSet(),
          new EmblemSet(),
          new PatternSet(),
          new PenSet(),
          new ToySet(),
          new BadgeSet(),
          new CrayonSet());

  private static final int PICTURES_PER_STYLE = 16;

  private final long seed;

  public Primer(long seed) {
    this.seed = seed;
  }

  /**
   * The picture with this number.
   *
   * <p>The styles alternate, several pictures each, so a batch holds pictures of one style that
   * differ only in content.
   */
  public Page page(long number) {
    Canvas canvas = new Canvas(World.SIDE);
    CaptionedSet style = STYLES.get((int) (number / PICTURES_PER_STYLE % STYLES.size()));
    Chance chance = Chance.of(seed, "primer/" + number);
    String caption = style.draw(canvas, chance);
    disturb(canvas, chance);
    return new Page(caption, canvas);
  }

  private static void disturb(Canvas canvas, Chance chance) {
    if (chance.happens(0.5)) {
      Clutter.scraps(canvas, chance, 3);
      Clutter.scratch(canvas, chance, 0.2, 0.12);
    }
    canvas.soften(chance.between(0, 0.6));
    canvas.grain(chance, chance.between(0, 0.1));
  }

  /** A picture and its caption. */
  public record Page(String caption, Canvas picture) {}
}
