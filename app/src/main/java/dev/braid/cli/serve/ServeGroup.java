package dev.braid.cli.serve;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.braid.model.Check;
import dev.braid.model.LineId;
import dev.braid.serving.ServeSettings;
import dev.braid.serving.api.Limits;
import dev.braid.serving.batch.Batching;
import dev.braid.serving.http.Listening;
import dev.braid.serving.http.Tls;
import dev.braid.serving.http.TransportLimits;
import dev.braid.serving.version.Following;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import java.util.Map;
import java.util.Optional;

/** The settings under {@code braid.serve}. */
final class ServeGroup {
  private final Config serve;

  private ServeGroup(Config serve) {
    this.serve = serve;
  }

  /**
   * The server's settings.
   *
   * @throws SettingsException if one is invalid
   */
  static ServeSettings read(
      Settings settings, Optional<String> token, Optional<Tls> tls, Map<LineId, Integer> pins) {
    try {
      return new ServeGroup(settings.config().getConfig("serve")).settings(token, tls, pins);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new SettingsException("Invalid setting in braid.serve: " + e.getMessage(), e);
    }
  }

  private ServeSettings settings(
      Optional<String> token, Optional<Tls> tls, Map<LineId, Integer> pins) {
    return new ServeSettings(
        new Listening(serve.getString("host"), serve.getInt("port"), token, tls),
        transport(),
        new Limits(
            serve.getLong("pixels"),
            serve.getInt("pictures"),
            serve.getInt("classes"),
            serve.getInt("class-length"),
            serve.getInt("labels")),
        new Batching(workers(), serve.getInt("batch"), serve.getDuration("batch-wait")),
        new Following(
            serve.getDuration("poll"), pins, serve.getInt("open-experts"), serve.getInt("encode")));
  }

  private TransportLimits transport() {
    return new TransportLimits(
        serve.getInt("connections"),
        serve.getInt("requests"),
        serve.getBytes("body"),
        serve.getBytes("bodies"),
        Math.toIntExact(serve.getBytes("header")),
        serve.getDuration("body-time"),
        serve.getDuration("request-time"),
        serve.getDuration("idle-time"));
  }

  private int workers() {
    int workers = serve.getInt("workers");
    Check.argument(workers >= 0, "Invalid workers: %s (0 for one per core, or more)", workers);
    return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
  }
}
