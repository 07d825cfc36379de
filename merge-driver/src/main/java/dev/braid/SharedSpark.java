package dev.braid;

import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The Spark context of a {@link Braid}: the program's, or one that is opened when it is first
 * needed.
 */
final class SharedSpark {
  /*
   * Spark allows one context per JVM: where the program has one, opening returns that. Only the
   * call that creates a context leaves its mark in the context's settings.
   */
  private static final String CREATOR = "spark.braid.creator";

  private final Settings settings;
  private @Nullable JavaSparkContext context; // guarded by this
  private boolean isOwned; // guarded by this
  private boolean isClosed; // guarded by this

  /** A context, which is not closed here, or none to open one where the settings say. */
  SharedSpark(Settings settings, @Nullable JavaSparkContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * The context.
   *
   * @throws IllegalStateException if no context is given out any more
   * @throws SettingsException if Spark cannot be started with the settings
   */
  synchronized JavaSparkContext context() {
    if (isClosed) {
      throw new IllegalStateException("Cannot use Spark: this Braid is closed (open another one)");
    }
    JavaSparkContext opened = context;
    if (opened == null) {
      String creator = UUID.randomUUID().toString();
      opened = SparkContexts.open(settings, CREATOR, creator);
      isOwned = opened.getConf().get(CREATOR, "").equals(creator);
      context = opened;
    }
    return opened;
  }

  /** Gives out no context any more. */
  synchronized void refuse() {
    isClosed = true;
  }

  /** Also stops the context if it was opened here. */
  synchronized void close() {
    refuse();
    if (isOwned && context != null) {
      context.close();
    }
  }
}
