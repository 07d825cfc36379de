package dev.braid.settings;

import com.typesafe.config.Config;
import dev.braid.driver.strategy.Rounds;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.TrainSettingsCodec;

/** Reads the group {@code braid.train}. */
final class TrainGroup {
  static final String NAME = "train";

  private TrainGroup() {}

  /** How a task is trained. */
  static TrainSettings settings(Config train) {
    return TrainSettingsCodec.read(new Source(train));
  }

  private record Source(Config config) implements TrainSettingsCodec.Source {
    @Override
    public int integer(String name) {
      return config.getInt(name);
    }

    @Override
    public long longInteger(String name) {
      return config.getLong(name);
    }

    @Override
    public double number(String name) {
      return config.getDouble(name);
    }

    @Override
    public String text(String name) {
      return config.getString(name);
    }
  }

  /** How a training is divided into rounds. */
  static Rounds rounds(Config train) {
    return new Rounds(train.getInt("replicas"), train.getInt("round-steps"));
  }
}
