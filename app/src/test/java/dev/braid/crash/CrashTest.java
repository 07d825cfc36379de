package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.crash.Crashes.Point;
import dev.braid.jobs.stage.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a run that stops anywhere loses nothing and the next one ends in the same model.
 *
 * <p>{@code -Dbraid.crashes=DIR} tries every crash with a different result, and resumes in DIR
 * after an interruption.
 */
final class CrashTest {
  private static final int FEW = 50;

  @TempDir Path folder;

  @Test
  void run_afterACrashAnywhere_endsInTheSameModel() throws Exception {
    String kept = System.getProperty("braid.crashes");
    try (JavaSparkContext spark =
        new JavaSparkContext(SparkSessions.open("local[2]", Map.of()).sparkContext())) {
      if (kept == null) {
        Crashes crashes = Crashes.in(folder, spark);
        List<Point> points = crashes.points();
        for (int i = 0; i < FEW; i++) {
          crashes.check(points.get((int) ((long) i * (points.size() - 1) / (FEW - 1))));
        }
      } else {
        checkAll(Path.of(kept), spark);
      }
    }
  }

  private static void checkAll(Path kept, JavaSparkContext spark) throws Exception {
    Files.createDirectories(kept);
    Crashes crashes = Crashes.in(kept, spark);
    List<Point> points = new ArrayList<>(crashes.points());
    assertThat(points.size()).isGreaterThanOrEqualTo(1000);
    Collections.shuffle(points, new Random(1)); // so that the points done so far are spread evenly
    Path passed = kept.resolve("passed");
    Set<String> done = new HashSet<>(lines(passed));
    for (Point point : points) {
      if (!done.contains(point.toString())) {
        crashes.check(point);
        Files.writeString(
            passed, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    System.out.printf("%s of %s crash points passed%n", lines(passed).size(), points.size());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
