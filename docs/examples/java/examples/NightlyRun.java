package examples;

import dev.braid.Braid;
import dev.braid.driver.Decision;
import dev.braid.driver.Pipeline;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Learns a task in a Spark session of the program's own: NightlyRun TASK.conf store.root=PATH ...
 */
public final class NightlyRun {
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    Settings settings =
        SettingsLoader.load(given.subList(1, given.size()), Optional.empty(), Map.of());
    try (SparkSession spark = SparkSession.builder().appName("nightly").getOrCreate()) {
      try (Braid braid = Braid.open(settings, spark)) { // closes nothing of the program's
        braid.add(TaskFile.read(Path.of(given.get(0))));
        Pipeline.Outcome outcome = braid.run(List.of(), ProgressListener.SILENT);
        for (Decision decision : outcome.decisions()) {
          System.out.printf("%s: %s %s%n", decision.task(), decision.fate(), decision.reasons());
        }
        braid.line().head().version().ifPresent(head -> System.out.println(head.model()));
      }
      spark.sql("SELECT 'the session is still open'").show();
    }
  }
}
