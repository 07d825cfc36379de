package dev.braid.driver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.gate.Nights.Night;
import dev.braid.driver.gate.Nights.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sequences of nights with drawn figures. docs/gate.md lists the shares that this test finds. */
class GateNightsTest {
  private static final Path PAGE = Path.of("../docs/gate.md");
  private static final int NIGHTS = 200;
  private static final int LINES = 5;
  private static final int SAMPLE = 500;
  private static final double POINTS = 0.05;

  /** How often nights of one kind were accepted. */
  private static final class Count {
    private int all;
    private int accepted;

    private void add(Night night) {
      all++;
      accepted += night.accepted() ? 1 : 0;
    }

    private double refused() {
      return 1 - accepted();
    }

    private double accepted() {
      return (double) accepted / all;
    }
  }

  @Test
  void nights_ofGoodAndBadTasks_areToldApart() throws IOException {
    Count good = new Count();
    Count falling = new Count();
    Count worse = new Count();
    for (int line = 0; line < LINES; line++) {
      Random random = new Random(line);
      Nights nights = new Nights(line, Noise.FRESH);
      for (int night = 0; night < NIGHTS; night++) {
        int kind = nights.size() == 0 ? 0 : random.nextInt(10);
        if (kind < 6) {
          good.add(nights.good(SAMPLE));
        } else if (kind < 9) {
          falling.add(nights.falling(SAMPLE, POINTS));
        } else {
          worse.add(nights.worseThanTheBase(SAMPLE, POINTS));
        }
      }
    }

    assertThat(good.refused()).isLessThanOrEqualTo(0.02);
    assertThat(falling.accepted()).isLessThanOrEqualTo(0.05);
    assertThat(worse.accepted()).isLessThanOrEqualTo(0.05);
    checkPage("good tasks refused", good.refused());
    checkPage(
        "nights let through on which a known task truly falls by 5 points", falling.accepted());
    checkPage("tasks let through that are truly 5 points worse than the base", worse.accepted());
  }

  @Test
  void nights_ofGoodTasksWithFewPictures_areRarelyRefused() throws IOException {
    Count good = new Count();
    for (int line = 0; line < LINES; line++) {
      Random random = new Random(line);
      Nights nights = new Nights(100 + line, Noise.FRESH);
      for (int night = 0; night < NIGHTS; night++) {
        good.add(nights.good(6 + random.nextInt(100)));
      }
    }

    assertThat(good.refused()).isLessThanOrEqualTo(0.02);
    checkPage("good tasks refused where a task has 6 to 105 pictures", good.refused());
  }

  /** What merges change adds up, so good tasks use up the limit of all nights. */
  @Test
  void nights_whoseChangesAddUp_areRefusedMoreOften() throws IOException {
    Count good = new Count();
    for (int line = 0; line < LINES; line++) {
      Nights nights = new Nights(200 + line, Noise.WANDERING);
      for (int night = 0; night < NIGHTS; night++) {
        good.add(nights.good(SAMPLE));
      }
    }

    checkPage("good tasks refused where what merges change adds up", good.refused());
  }

  /** The permitted fall of every single night adds up to no more than the limit of all nights. */
  @Property(tries = 10, seed = "7")
  void nights_ofSlowDecline_endWithinTheLimit(
      @ForAll long seed, @ForAll @IntRange(min = 120, max = 600) int pictures) {
    Nights nights = new Nights(seed, Noise.FRESH);
    var unused = nights.good(pictures);
    Count count = new Count();
    for (int night = 0; night < 40; night++) {
      Night after = nights.falling(pictures, 0.015);
      count.add(after);
      assertThat(after.largestFallSinceLearned()).isLessThanOrEqualTo(Nights.MAX_TOTAL_DROP + 1e-9);
    }

    assertThat(count.accepted).isGreaterThanOrEqualTo(5);
  }

  /** The page has a row with this share; {@code -Dbraid.docs.write=true} writes it. */
  private static void checkPage(String name, double share) throws IOException {
    String row = String.format(Locale.ROOT, "| %s | %.1f %% |", name, 100 * share);
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean("braid.docs.write")) {
      Files.writeString(PAGE, page.replaceFirst(Pattern.quote("| " + name + " |") + ".*", row));
    }

    assertThat(PAGE).content().contains(row);
  }
}
