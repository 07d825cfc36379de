package dev.braid.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The size and settings of a demo.
 *
 * @param settings the settings of every command it runs
 * @param train the training settings in its task files
 */
public record DemoPlan(
    Settings settings, long seed, World.Counts counts, Map<String, Object> train, String kind) {

  /** The plan in the settings for a demo of this size ({@code full} or {@code quick}). */
  public static DemoPlan of(Settings settings, String size) {
    try {
      Config demo = settings.config().getConfig("demo");
      Config sized = demo.getConfig(size);
      World.Counts counts =
          new World.Counts(sized.getInt("train-pictures"), sized.getInt("test-pictures"));
      Settings own = settings.over(demo.getConfig("settings"));
      Map<String, Object> train = sized.getObject("train").unwrapped();
      String kind =
          "the %s demo of seed %d, %s, trained with %s"
              .formatted(size, demo.getLong("seed"), counts, train);
      return new DemoPlan(own, demo.getLong("seed"), counts, train, kind);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new SettingsException("Invalid setting in braid.demo: " + e.getMessage(), e);
    }
  }

  /** This plan with its store at this path. */
  DemoPlan in(Path store) {
    return new DemoPlan(
        settings.with("store.root", ConfigValueFactory.fromAnyRef(store.toString())),
        seed,
        counts,
        train,
        kind);
  }

  /** The domains in the order of learning. */
  List<Domain> domains() {
    return World.domains();
  }

  /** The task file of a domain. */
  TaskFile task(Domain domain, Path pictures) {
    return TaskFile.of(
        Map.of(
            "name", domain.name(),
            "images", pictures.toString(),
            "templates", domain.templates(),
            "train", train));
  }
}
