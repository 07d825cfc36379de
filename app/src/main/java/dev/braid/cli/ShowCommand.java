package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.SparkContexts;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.cli.terminal.VersionOption;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Publication;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.Versions;
import dev.braid.store.json.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Describes a version. */
@Command(
    name = "show",
    header = "Describe a version.",
    sortOptions = false,
    description = {
      "Describes a version: its tasks with their classes, settings and rescalers, its vectors, and"
          + " the tasks that were set aside.",
      "",
      "--paths lists every vector's Parquet files, for spark.read.parquet(...). --diff lists the"
          + " changes from one version to another. --errors and --order read everything that the"
          + " version was merged from.",
      ""
    })
final class ShowCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  @Spec @Nullable CommandSpec spec;

  @Mixin VersionOption requested = new VersionOption();

  @Option(names = "--paths", description = "List the files of every vector.")
  boolean paths;

  @Option(
      names = "--errors",
      description =
          "Print how far every task's decoupled delta is from its original delta, and in which"
              + " tensors most.")
  boolean errors;

  @Option(
      names = "--order",
      description =
          "Print how many signs of the unified delta would differ with the tasks in reverse order."
              + " It merges them in that order, which with truth decoupled writes as much as"
              + " learning them did; 'braid gc' deletes the result once it is older than"
              + " braid.gc.cache-age.")
  boolean order;

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "V",
      description = "List the changes from the first of these versions to the second.")
  List<Integer> compared = List.of();

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    return compared.isEmpty() ? show(settings, console, store) : compare(settings, console, store);
  }

  private int compare(Settings settings, Console console, ModelStore store) {
    if (requested.isNumbered() || paths || errors || order) {
      throw new ParameterException(
          requireNonNull(spec, "spec is null").commandLine(),
          "Give --diff with two versions and nothing else");
    }
    Versions line = store.versions(settings.line());
    VersionDiff diff =
        VersionDiff.of(
            store,
            VersionOption.find(line, compared.get(0)),
            VersionOption.find(line, compared.get(1)));
    diff.lines().forEach(text -> console.line("%s", text));
    console.result(diff.toJson());
    return ExitCode.DONE.code();
  }

  private int show(Settings settings, Console console, ModelStore store) {
    Version version = requested.of(store.versions(settings.line()));
    ModelRecord model = store.records().model(version.model());
    Check.argument(
        !model.isOneForAll() || (!errors && !order),
        "Cannot show --errors or --order of version %s: strategy %s keeps one model for all tasks"
            + " and no expert to compare with a task's own; 'braid evaluate' prints its accuracy on"
            + " each",
        version.number(),
        model.strategy());
    console.line(
        "Version   %d of line %s, %s",
        version.number(), version.line(), TIME.format(version.time()));
    console.line("Done      %s", version.action());
    version
        .provenance()
        .map(store.records()::publication)
        .ifPresent(publication -> print(console, publication));
    console.line("Model     %s", version.model());
    console.line("Base      %s", model.base());
    console.line("Method    %s", method(model));
    model
        .tasks()
        .forEach(learned -> print(console, learned, store.records().task(learned.record())));
    version
        .setAside()
        .forEach(aside -> console.line("Set aside %s: %s", aside.task(), aside.reason()));
    Map<String, Digest> vectors = vectors(store, model);
    vectors.forEach((name, digest) -> print(console, store, name, digest));
    JsonObject json = json(version, model, store, vectors);
    if (errors || order) {
      try (JavaSparkContext spark = SparkContexts.open(settings)) {
        new MergeFigures(spark, settings.location(), console).print(model, errors, order, json);
      }
    }
    console.result(json);
    return ExitCode.DONE.code();
  }

  private static void print(Console console, Publication by) {
    console.line(
        "By        %s on %s, code %s, settings %s%s",
        by.user(),
        by.host(),
        by.codeVersion(),
        by.settings().abbreviated(),
        by.sparkApplication().map(id -> ", Spark application " + id).orElse(""));
  }

  private static String method(ModelRecord model) {
    return model.isOneForAll()
        ? "%s, %s".formatted(model.strategy(), pairs(model.settings()))
        : "%s, truth %s, rescaler %s"
            .formatted(model.strategy(), model.mergeState().label(), model.rescalerKind().label());
  }

  private static String pairs(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void print(Console console, ModelRecord.Learned learned, TaskRecord task) {
    console.line(
        "Task      %s: %d classes, %s steps at %s%s",
        learned.task(),
        task.classNames().size(),
        task.training().getOrDefault("steps", "?"),
        task.training().getOrDefault("learning-rate", "?"),
        rescaler(learned.lambda()));
  }

  /** A task's rescalers after a comma: the only one, or the minimum, the maximum and the median. */
  static String rescaler(List<Float> lambda) {
    List<Float> sorted = lambda.stream().sorted().toList();
    int count = sorted.size();
    return switch (count) {
      case 0 -> "";
      case 1 -> text(", lambda %.4f", sorted.get(0));
      default ->
          text(
              ", lambda %.4f to %.4f in %d groups, median %.4f",
              sorted.get(0),
              sorted.get(count - 1),
              count,
              (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2);
    };
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void print(Console console, ModelStore store, String name, Digest digest) {
    Blob blob = store.blobs().get(digest);
    console.line("Vector    %s: %s, %d files", name, digest.abbreviated(), blob.shards().size());
    if (paths) {
      files(store, blob).forEach(file -> console.line("          %s", file));
    }
  }

  private static Map<String, Digest> vectors(ModelStore store, ModelRecord model) {
    SortedMap<String, Digest> vectors = new TreeMap<>(model.state());
    for (ModelRecord.Learned learned : model.tasks()) {
      TaskRecord task = store.records().task(learned.record());
      vectors.put(learned.task() + "/delta", task.delta());
      task.planes().forEach((plane, digest) -> vectors.put(learned.task() + "/" + plane, digest));
    }
    return vectors;
  }

  private static List<String> files(ModelStore store, Blob blob) {
    List<String> files = new ArrayList<>();
    blob.shards().forEach(shard -> files.add(store.objects().location(shard.digest(), "parquet")));
    return files;
  }

  private JsonObject json(
      Version version, ModelRecord model, ModelStore store, Map<String, Digest> vectors) {
    JsonObject files = new JsonObject();
    vectors.forEach((name, digest) -> files.with(name, files(store, store.blobs().get(digest))));
    JsonObject json =
        new JsonObject()
            .with("line", version.line())
            .with("number", version.number())
            .with("time", version.time())
            .with("action", version.action())
            .with("model", version.model())
            .with("base", model.base())
            .with("strategy", model.strategy())
            .with("tasks", model.tasks(), learned -> json(learned, store))
            .with("set-aside", version.setAside(), ShowCommand::json)
            .with(
                "provenance",
                version.provenance().map(store.records()::publication).map(ShowCommand::json));
    if (model.isOneForAll()) {
      json.with("settings", model.settings());
    } else {
      json.with("truth", model.mergeState().label()).with("rescaler", model.rescalerKind().label());
    }
    return paths ? json.with("paths", (Object) files) : json;
  }

  private static JsonObject json(ModelRecord.Learned learned, ModelStore store) {
    return new JsonObject()
        .with("task", learned.task())
        .with("classes", store.records().task(learned.record()).classNames(), name -> name)
        .with("record", learned.record())
        .with("lambda", learned.lambda());
  }

  private static JsonObject json(Publication publication) {
    return new JsonObject()
        .with("user", publication.user())
        .with("host", publication.host())
        .with("code-version", publication.codeVersion())
        .with("settings", publication.settings())
        .with("spark-application", publication.sparkApplication());
  }

  /** A task that was set aside, as every command prints it. */
  static JsonObject json(Version.SetAside aside) {
    return new JsonObject().with("task", aside.task()).with("reason", aside.reason());
  }
}
