package dev.braid.driver.line;

import dev.braid.inference.Classifier;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import java.util.function.Supplier;

/** Gives merged models the rule by which their versions answer. */
public final class VersionRules {
  private final ModelStore store;
  private final RoutingSettings settings;
  private final Supplier<RuleJob> job;

  /**
   * The rules of these settings.
   *
   * @param job asked when a rule has to be found, which may start Spark
   */
  public VersionRules(ModelStore store, RoutingSettings settings, Supplier<RuleJob> job) {
    this.store = store;
    this.settings = settings;
    this.job = job;
  }

  /** Whether a model has the rule that the settings produce, or needs none. */
  public boolean isCurrent(ModelRecord model) {
    return model.isOneForAll()
        || model.tasks().isEmpty()
        || model.rule().filter(settings::produced).isPresent();
  }

  /**
   * The model with the rule that the settings produce; it is stored.
   *
   * @throws IllegalArgumentException if the pictures of its tasks cannot be told apart
   */
  public ModelRecord answering(ModelRecord model) {
    if (isCurrent(model)) {
      return model;
    }
    var unused = store.records().put(model.withoutRule()); // experts are named by it
    ModelRecord answering = model.with(job.get().run(Classifier.experts(store, model), settings));
    unused = store.records().put(answering);
    return answering;
  }

  /** The rule of the next versions, for display. */
  public String label() {
    return settings.label();
  }
}
