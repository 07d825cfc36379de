package dev.braid.jobs.rule;

import dev.braid.model.Check;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.RoutingRule;
import java.io.Serializable;

/** By which rule the next versions of a line are to answer. */
public sealed interface RoutingSettings extends Serializable {
  /** Whether a rule is one that these settings produce. */
  boolean produced(RoutingRule rule);

  /** The settings for display. */
  String label();

  /** By the nearest prototypes (METHODS 2.7); the settings are the whole rule. */
  record Prototypes(RoutingRule.Prototypes rule) implements RoutingSettings {
    @Override
    public boolean produced(RoutingRule other) {
      return other.equals(rule);
    }

    @Override
    public String label() {
      return "prototypes, " + rule.experts() + " by " + rule.weights().label();
    }
  }

  /**
   * By statistics (METHODS 2.8).
   *
   * @param experts the largest number of experts for a picture
   * @param sample validation pictures of each task, spread evenly over its classes, from which the
   *     rule's numbers are found
   */
  record Statistics(AnswerRule answers, int experts, long sample) implements RoutingSettings {
    public Statistics {
      Check.argument(experts > 0, "Invalid experts for an unknown task: %s (at least 1)", experts);
      Check.argument(sample > 0, "Invalid sample: %s pictures (at least 1)", sample);
    }

    @Override
    public boolean produced(RoutingRule other) {
      return other instanceof RoutingRule.Statistics rule
          && new Statistics(rule.answers(), rule.experts(), rule.sample()).equals(this);
    }

    @Override
    public String label() {
      return "statistics, " + answers.label();
    }
  }
}
