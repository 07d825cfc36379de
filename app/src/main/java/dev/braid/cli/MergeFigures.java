package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.driver.merging.Reconstruction;
import dev.braid.driver.merging.Reconstruction.Distance;
import dev.braid.driver.merging.Reconstruction.OfGroup;
import dev.braid.driver.merging.ReconstructionJob;
import dev.braid.driver.merging.SignOrder;
import dev.braid.model.Digest;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.ModelParser;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/** Prints how far a merge moved the experts of its tasks. */
final class MergeFigures {
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final Console console;

  MergeFigures(JavaSparkContext spark, StoreLocation location, Console console) {
    this.spark = spark;
    this.location = location;
    this.console = console;
  }

  /** Prints the requested figures and adds them to the JSON. */
  void print(ModelRecord model, boolean errors, boolean order, JsonObject json) {
    if (errors) {
      List<Reconstruction> tasks =
          new ReconstructionJob(spark, location).run(Digest.of(ModelParser.toJson(model)));
      tasks.forEach(this::print);
      json.with("errors", tasks, MergeFigures::json);
    }
    if (order) {
      double share = model.tasks().isEmpty() ? 0 : new SignOrder(spark, location).share(model);
      console.line(
          "Order     %s %% of the signs would differ with the tasks in reverse order",
          text("%.2f", 100 * share));
      json.with("reverse-order-signs", share);
    }
  }

  private void print(Reconstruction task) {
    OfGroup worst = task.worst();
    console.line(
        "Error     %s: %s, worst in %s: %s",
        task.task(), text(task.whole()), worst.name(), text(worst.distance()));
  }

  private static String text(Distance distance) {
    return text(
        "%.1f %% of the delta's length, cosine %.4f", 100 * distance.relative(), distance.cosine());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static JsonObject json(Reconstruction task) {
    return json(task.whole())
        .with("task", task.task())
        .with("groups", task.groups(), group -> json(group.distance()).with("name", group.name()));
  }

  private static JsonObject json(Distance distance) {
    return new JsonObject()
        .with("relative-l2", distance.relative())
        .with("cosine", distance.cosine());
  }
}
