package examples;

import dev.braid.Braid;
import dev.braid.driver.Pipeline;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;

/** Learns a folder of pictures in a Spark session of the program's own. */
public final class NightlyRun {
  /** Arguments: a CLIP directory for a new store, a task's name, its folder, and settings. */
  public static void main(String[] arguments) throws Exception {
    String[] given = Arrays.copyOfRange(arguments, 3, arguments.length); // store.root=PATH ...
    Settings settings = SettingsLoader.load(given);
    if (!Braid.exists(settings)) {
      Braid.create(settings, Path.of(arguments[0]));
    }
    try (SparkSession session = SparkSession.builder().appName("nightly").getOrCreate()) {
      try (Braid braid = Braid.open(settings, session)) {
        TaskFile task = TaskFile.of(arguments[1], arguments[2]);
        if (!braid.status().knows(task.name())) { // the second night has nothing to add
          braid.add(task);
        }
        Pipeline.Outcome night = braid.run();
        night.decisions().forEach(decision -> System.out.println(decision.sentence()));
        night
            .failed()
            .forEach(failed -> System.out.println("waits: " + failed.cause().getMessage()));
        night
            .conflict()
            .ifPresent(lost -> System.out.println("run again: " + lost.cause().getMessage()));
        braid.head().ifPresent(head -> System.out.println("model " + head.model()));
      }
      System.out.println("Spark is still open: " + session.range(3).count());
    }
  }
}
