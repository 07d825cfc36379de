package dev.braid.demo.primer;

import dev.braid.demo.draw.Canvas;
import dev.braid.demo.draw.Chance;
import dev.braid.demo.world.World;
import java.util.List;

/** An endless book of captioned pictures; each page is a function of the seed and its number. */
public final class Primer {
  private static final List<Lesson> LESSONS =
      List.of(
          new OutlineLesson(),
          new BallLesson(),
          new DisplayLesson(),
          new SilhouetteLesson(),
          new EmblemLesson(),
          new CrayonLesson());

  private final long seed;

  public Primer(long seed) {
    this.seed = seed;
  }

  /** The page with this number; lessons take turns. */
  public Page page(long number) {
    Canvas canvas = new Canvas(World.SIDE);
    Lesson lesson = LESSONS.get((int) (number % LESSONS.size()));
    String caption = lesson.draw(canvas, Chance.of(seed, "primer/" + number));
    return new Page(caption, canvas);
  }

  /** A picture and what it shows. */
  public record Page(String caption, Canvas picture) {}
}
