package dev.braid.serving;

import dev.braid.inference.classify.BraidModel;
import dev.braid.serving.api.Route;
import dev.braid.serving.api.ServerApi;
import dev.braid.serving.batch.Batcher;
import dev.braid.serving.http.HttpServer;
import dev.braid.serving.metrics.ServerMetrics;
import dev.braid.serving.version.ServedLines;
import dev.braid.serving.version.VersionFollower;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import java.util.List;
import java.util.Optional;

/**
 * A server that answers pictures with the versions of a store.
 *
 * <p>It listens at once and is ready as soon as the heads of the lines are loaded. Closing it lets
 * the requests that are in flight end.
 */
public final class BraidServer implements AutoCloseable {
  private final HttpServer http;
  private final VersionFollower follower;
  private final Batcher batcher;
  private final BraidModel model;

  private BraidServer(
      HttpServer http, VersionFollower follower, Batcher batcher, BraidModel model) {
    this.http = http;
    this.follower = follower;
    this.batcher = batcher;
    this.model = model;
  }

  /**
   * Starts a server.
   *
   * @throws IllegalArgumentException if there is no store
   * @throws IllegalStateException if the address is in use, or not of this machine
   */
  public static BraidServer start(StoreLocation location, Device device, ServeSettings settings) {
    BraidModel model =
        BraidModel.open(
            location,
            device,
            settings.following().openExperts(),
            settings.following().encodedTogether());
    ServerMetrics metrics = new ServerMetrics();
    ServedLines lines = new ServedLines(model, settings.following(), metrics);
    Batcher batcher = Batcher.start(settings.batching(), metrics);
    VersionFollower follower = VersionFollower.start(lines, settings.following().poll());
    addGauges(metrics, lines, batcher, model);
    List<Route> routes =
        ServerApi.routes(
            lines, batcher, settings.limits(), metrics, codeVersion(), follower::lookSoon);
    try {
      HttpServer http =
          HttpServer.start(settings.listening(), settings.transport(), routes, metrics);
      return new BraidServer(http, follower, batcher, model);
    } catch (RuntimeException e) {
      close(follower, batcher, model);
      throw e;
    }
  }

  private static void addGauges(
      ServerMetrics metrics, ServedLines lines, Batcher batcher, BraidModel model) {
    metrics.gauge(
        "braid_ready",
        "1 if the store can be read and a line answers, else 0.",
        () -> lines.isReady() ? 1 : 0);
    metrics.gauge("braid_pictures_waiting", "Pictures that wait to be answered.", batcher::waiting);
    metrics.gauge("braid_experts_open", "Experts in memory, besides the base.", model::openExperts);
  }

  private static String codeVersion() {
    return Optional.ofNullable(BraidServer.class.getPackage().getImplementationVersion())
        .orElse("built from source");
  }

  /** The port that it listens on. */
  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.close();
    close(follower, batcher, model);
  }

  private static void close(VersionFollower follower, Batcher batcher, BraidModel model) {
    follower.close();
    batcher.close();
    model.close();
  }
}
