package dev.braid.serving.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/** The metrics of one server, named as Prometheus recommends. */
public final class ServerMetrics {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };
  private static final double[] PICTURES = {1, 2, 4, 8, 16, 32, 64};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("braid_requests_total")
          .help("Requests that were answered or refused.")
          .labelNames("route", "status")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("braid_request_duration_seconds")
          .help("Time from a request's headers to the end of its answer.")
          .labelNames("route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Counter pictures =
      Counter.builder()
          .name("braid_pictures_total")
          .help("Pictures that were answered.")
          .labelNames("line")
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("braid_batch_pictures")
          .help("Pictures that were answered together.")
          .classicOnly()
          .classicUpperBounds(PICTURES)
          .register(registry);
  private final Gauge version =
      Gauge.builder()
          .name("braid_line_version")
          .help("The version of a line that answers.")
          .labelNames("line")
          .register(registry);
  private final Counter switches =
      Counter.builder()
          .name("braid_version_switches_total")
          .help("Versions that began to answer.")
          .labelNames("line")
          .register(registry);
  private final Counter failures =
      Counter.builder()
          .name("braid_version_failures_total")
          .help("Failed attempts to open a version; the one before it goes on answering.")
          .labelNames("line")
          .register(registry);

  /** Counts a request. */
  public void request(String route, int status, double duration) {
    requests.labelValues(route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(duration);
  }

  /** Counts answered pictures. */
  public void pictures(String line, int answered) {
    pictures.labelValues(line).inc(answered);
  }

  /** Counts a batch. */
  public void batch(int size) {
    batches.observe(size);
  }

  /** Notes that a version begins to answer. */
  public void switched(String line, int number) {
    version.labelValues(line).set(number);
    switches.labelValues(line).inc();
    failures.initLabelValues(line);
  }

  /** Counts a version that could not be opened. */
  public void failed(String line) {
    failures.labelValues(line).inc();
  }

  /** Adds a gauge that is read whenever the metrics are. */
  public void gauge(String name, String help, DoubleSupplier value) {
    var unused =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.getAsDouble()))
            .register(registry);
  }

  /** All metrics in Prometheus's text format. */
  public byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }
}
