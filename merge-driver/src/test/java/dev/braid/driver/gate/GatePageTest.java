package dev.braid.driver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.PairedCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/gate.md: what samples of different sizes can show, by exact binomial
 * probabilities. {@code -Dbraid.docs.write=true} writes it.
 */
class GatePageTest {
  private static final Path PAGE = Path.of("../docs/gate.md");
  private static final String START = "<!-- sample sizes -->\n";
  private static final String END = "<!-- end -->";
  private static final Gate GATE =
      new Gate(new Gate.Rule(0.02, 0.05, 0.02, MergeHealth.Limits.NONE));
  private static final TaskId NEW = new TaskId("new");
  private static final TaskId OLD = new TaskId("old");
  private static final PairedCounts GOOD = new PairedCounts(100, 0, 100, 200);

  /** The share of pictures that a harmless merge loses, and the share that it gains. */
  private static final double CHURN = 0.01;

  @Test
  void page_hasTheTableOfTheseProbabilities() throws IOException {
    String page = Files.readString(PAGE);
    String written =
        page.substring(0, page.indexOf(START) + START.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("braid.docs.write")) {
      Files.writeString(PAGE, written);
    }

    assertThat(PAGE).hasContent(written);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            """
| validation pictures | a fall counts from | harmless night refused | 5 points let through | 10 points | 20 points |
|---|---|---|---|---|---|
""");
    for (int pictures : new int[] {10, 20, 50, 100, 200, 500, 1000}) {
      int fewest = fewestLost(pictures);
      table.append(
          String.format(
              Locale.ROOT,
              "| %,d | %d pictures, %.1f points | %s | %s | %s | %s |%n",
              pictures,
              fewest,
              100.0 * fewest / pictures,
              percent(1 - accepted(pictures, 0)),
              percent(accepted(pictures, 0.05)),
              percent(accepted(pictures, 0.10)),
              percent(accepted(pictures, 0.20))));
    }
    return table.toString();
  }

  private static String percent(double share) {
    return share < 0.0005 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** The fewest lost pictures that refuse the candidate if none is gained. */
  private static int fewestLost(int pictures) {
    int lost = 1;
    while (accepts(lost, 0, pictures)) {
      lost++;
    }
    return lost;
  }

  /** The probability that a candidate with this true fall, in 0..1, is accepted. */
  private static double accepted(int pictures, double fall) {
    double sum = 0;
    double loses = CHURN + fall;
    for (int lost = 0; lost <= pictures; lost++) {
      double some = binomial(pictures, lost, loses);
      for (int gained = 0; some > 1e-9 && gained <= pictures - lost; gained++) {
        double both = some * binomial(pictures - lost, gained, CHURN / (1 - loses));
        sum += both > 1e-12 && accepts(lost, gained, pictures) ? both : 0;
      }
    }
    return sum;
  }

  private static double binomial(int trials, int successes, double share) {
    double log = successes * Math.log(share) + (trials - successes) * Math.log1p(-share);
    for (int i = 1; i <= successes; i++) {
      log += Math.log((double) (trials - successes + i) / i);
    }
    return Math.exp(log);
  }

  private static boolean accepts(int lost, int gained, int pictures) {
    PairedCounts night = new PairedCounts(0, lost, gained, pictures);
    Map<TaskId, Change> known = Map.of(OLD, new Change(Optional.of(night.before()), night));
    return GATE.decide(
            new GateInput(
                NEW,
                2,
                GOOD,
                new TreeMap<>(known),
                Optional.empty(),
                List.of(),
                new EvaluationCost(1, 1)))
        .accepted();
  }
}
