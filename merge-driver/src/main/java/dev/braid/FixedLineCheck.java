package dev.braid;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Line;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.ModelStore;
import java.util.Objects;
import java.util.SortedMap;

/** The line that the settings name, checked against what they say of it. */
final class FixedLineCheck {
  /** Counts when the line begins: its start is stored then, and no seed beside it. */
  private static final String LORA_SEED = "lora-seed";

  private final Line line;
  private final Settings settings;

  private FixedLineCheck(Line line, Settings settings) {
    this.line = line;
    this.settings = settings;
  }

  /**
   * The line.
   *
   * @throws SettingsException if they want it to be what it is not, now that it has begun
   */
  static Line of(ModelStore store, Settings settings) {
    Line line = new Line(store, settings.line(), settings.lineSettings(store.info().settings()));
    if (line.head().version().isPresent()) {
      new FixedLineCheck(line, settings).check(store);
    }
    return line;
  }

  private void check(ModelStore store) {
    SortedMap<String, String> is = FixedLineSettings.of(line.head().model()).toMap();
    SortedMap<String, String> wanted =
        settings.lineSettings(is).resolved(store.base().tensors()).toMap();
    check("strategy", is, wanted);
    check("train", is, wanted);
    wanted.keySet().stream()
        .filter(name -> !name.equals(LORA_SEED))
        .forEach(name -> check(name, is, wanted));
  }

  private void check(String name, SortedMap<String, String> is, SortedMap<String, String> wanted) {
    if (!Objects.equals(wanted.get(name), is.get(name))) {
      throw new SettingsException(
          "Invalid setting braid.line.%s: %s (line %s is %s for life; leave the setting out, or begin another line with --line)"
              .formatted(name, wanted.get(name), line.id(), is.get(name)));
    }
  }
}
