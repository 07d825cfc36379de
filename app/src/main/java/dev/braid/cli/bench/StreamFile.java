package dev.braid.cli.bench;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.braid.bench.stream.StreamPlan;
import dev.braid.bench.stream.StreamPlan.Order;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.strategy.Strategies;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The settings under {@code braid.stream} that say what {@code braid bench stream} compares. */
public final class StreamFile {
  private final Settings settings;
  private final Config stream;
  private final Path folder;
  private final List<TaskFile> tasks;

  /**
   * The stream in these settings.
   *
   * @param file the file the settings come from; paths in it are relative to its folder
   * @throws SettingsException if they do not describe a stream
   */
  public StreamFile(Settings settings, Path file) {
    this.settings = settings;
    this.stream = settings.config().getConfig("stream");
    this.folder = requireNonNull(file.toAbsolutePath().getParent(), "folder is null");
    int shots = stream.getInt("shots");
    this.tasks =
        stream.getStringList("tasks").stream()
            .map(task -> TaskFile.read(folder.resolve(task)))
            .map(task -> shots == 0 ? task : task.withShots(shots))
            .toList();
  }

  /** The base's directory. */
  Path base() {
    String base = stream.getString("base");
    if (base.isBlank()) {
      throw new SettingsException(
          "Invalid setting braid.stream.base: blank (the directory of the CLIP to start from)");
    }
    return folder.resolve(base);
  }

  /** The tasks, limited to the stream's number of shots. */
  List<TaskFile> tasks() {
    return tasks;
  }

  /** The adapters of the strategies that train adapters. */
  FixedLineSettings.Lora adapters() {
    Config adapters = stream.getConfig("adapters");
    return checked(
        () ->
            FixedLineSettings.Lora.of(
                adapters.getString("targets"), adapters.getInt("rank"), adapters.getLong("seed")));
  }

  /** A task's own training settings for adapters. */
  Config adapterTraining(TaskFile task) {
    return stream.getConfig("adapters.train").withFallback(task.train());
  }

  /** What is measured. */
  public StreamPlan plan() {
    return checked(
        () ->
            new StreamPlan(
                stream.getString("title"),
                orders(),
                stream.getLongList("seeds").stream().map(Long::longValue).toList(),
                stream.getStringList("strategies").isEmpty()
                    ? Strategies.all()
                    : stream.getStringList("strategies").stream().map(Strategies::of).toList(),
                stream.getStringList("protocols").stream().map(Protocol::of).toList(),
                sample(),
                stream.getConfigList("rules").stream().map(this::rule).toList()));
  }

  private long sample() {
    long sample = stream.getLong("sample");
    return sample == 0 ? EvaluationSpec.ALL : sample;
  }

  private List<Order> orders() {
    List<TaskId> names = tasks.stream().map(TaskFile::name).toList();
    Check.argument(
        names.stream().distinct().count() == names.size(),
        "Two tasks of a stream have one name: %s",
        names);
    List<Order> orders = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> order :
        new TreeMap<>(stream.getConfig("orders").root()).entrySet()) {
      List<TaskId> named =
          stream.getStringList("orders." + ConfigUtil.quoteString(order.getKey())).stream()
              .map(TaskId::new)
              .toList();
      named.forEach(
          task ->
              Check.argument(
                  names.contains(task),
                  "Invalid order %s: it names %s, which is not one of the stream's tasks %s",
                  order.getKey(),
                  task,
                  names));
      Check.argument(
          named.containsAll(names),
          "Invalid order %s: %s (an order has all tasks of the stream: %s)",
          order.getKey(),
          named,
          names);
      orders.add(new Order(order.getKey(), named));
    }
    return orders.isEmpty() ? List.of(new Order("as listed", names)) : orders;
  }

  private RoutingSettings rule(Config rule) {
    Config whole = rule.withFallback(settings.config());
    return Settings.routing(whole.getConfig("routing"), whole.getString("answer.rule"));
  }

  private <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (ConfigException | IllegalArgumentException e) {
      throw new SettingsException(
          "Invalid setting in braid.stream: %s".formatted(e.getMessage()), e);
    }
  }

  /** The settings that apply unless the stream overrides them. */
  Settings settings() {
    return settings;
  }
}
