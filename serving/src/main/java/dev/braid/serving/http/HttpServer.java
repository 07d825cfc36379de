package dev.braid.serving.http;

import dev.braid.serving.api.Reply;
import dev.braid.serving.api.Route;
import dev.braid.serving.metrics.ServerMetrics;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplate;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.xnio.Options;

/** An HTTP server for routes. */
public final class HttpServer implements AutoCloseable {
  private static final int IO_THREADS = 2;
  private static final int PARSING_THREADS = 4;
  private static final int MOST_HEADERS = 64;
  private static final int MOST_PARAMETERS = 32;
  private static final int BUFFER = 16 << 10;

  private final Undertow server;
  private final GracefulShutdownHandler root;
  private final TransportLimits limits;

  private HttpServer(Undertow server, GracefulShutdownHandler root, TransportLimits limits) {
    this.server = server;
    this.root = root;
    this.limits = limits;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the address is in use, or not of this machine
   */
  public static HttpServer start(
      Listening listening, TransportLimits limits, List<Route> routes, ServerMetrics metrics) {
    Admission admission = new Admission(limits);
    metrics.gauge(
        "braid_requests_in_flight", "Requests that are read or answered now.", admission::requests);
    HttpHandler handler = routing(listening, limits, routes, metrics, admission);
    GracefulShutdownHandler root =
        new GracefulShutdownHandler(new HttpContinueReadHandler(HostCheck.of(listening, handler)));
    Undertow server = undertow(listening, limits, new SafeHeaders(root));
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw cannotListen(listening, e);
    }
    return new HttpServer(server, root, limits);
  }

  private static RuntimeException cannotListen(Listening listening, RuntimeException failure) {
    return failure.getCause() instanceof BindException
            || failure.getCause() instanceof SocketException
        ? new IllegalStateException(
            "Cannot listen on %s: %s (choose another port with --port)"
                .formatted(listening, failure.getCause().getMessage()),
            failure)
        : failure;
  }

  private static HttpHandler routing(
      Listening listening,
      TransportLimits limits,
      List<Route> routes,
      ServerMetrics metrics,
      Admission admission) {
    RoutingHandler routing = new RoutingHandler();
    for (Route route : routes) {
      HttpHandler handler = new RouteHandler(route, limits, admission);
      HttpHandler guarded =
          route.access() == Route.Access.OPEN ? handler : Guard.of(listening.token(), handler);
      HttpHandler measured = new Measured(route.path(), metrics, guarded);
      routing.add(route.method(), route.path(), measured);
      if (route.method().equals("GET")) {
        routing.add("HEAD", route.path(), measured);
      }
    }
    Measured none =
        new Measured(
            "none",
            metrics,
            exchange ->
                Replies.send(exchange, Reply.refusal(404, "There is nothing at this address")));
    Measured otherMethod =
        new Measured("none", metrics, exchange -> refuseMethod(exchange, routes));
    return routing.setFallbackHandler(none).setInvalidMethodHandler(otherMethod);
  }

  private static void refuseMethod(HttpServerExchange exchange, List<Route> routes) {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (PathTemplate.create(route.path()).matches(exchange.getRelativePath(), new HashMap<>())) {
        methods.add(route.method());
        if (route.method().equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    String allowed = String.join(", ", methods);
    exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
    Replies.send(exchange, Reply.refusal(405, "Use " + allowed + " here"));
  }

  private static Undertow undertow(
      Listening listening, TransportLimits limits, HttpHandler handler) {
    InetSocketAddress address = listening.socketAddress();
    String host = address.getAddress().getHostAddress();
    Undertow.Builder builder =
        Undertow.builder()
            .setHandler(handler)
            .setBufferSize(BUFFER)
            .setDirectBuffers(true)
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(PARSING_THREADS)
            .setSocketOption(Options.TCP_NODELAY, true)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connections())
            .setSocketOption(
                Options.CONNECTION_LOW_WATER, Math.max(1, limits.connections() * 9 / 10))
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, limits.bodyBytes())
            .setServerOption(UndertowOptions.MULTIPART_MAX_ENTITY_SIZE, limits.bodyBytes())
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytes())
            .setServerOption(UndertowOptions.MAX_HEADERS, MOST_HEADERS)
            .setServerOption(UndertowOptions.MAX_PARAMETERS, MOST_PARAMETERS)
            .setServerOption(
                UndertowOptions.REQUEST_PARSE_TIMEOUT,
                Math.toIntExact(limits.bodyTime().toMillis()))
            .setServerOption(
                UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(limits.idleTime().toMillis()));
    Optional<Tls> tls = listening.tls();
    return (tls.isPresent()
            ? builder.addHttpsListener(listening.port(), host, tls.get().context())
            : builder.addHttpListener(listening.port(), host))
        .build();
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Refuses further requests, and stops when those that are in flight have ended. */
  @Override
  public void close() {
    root.shutdown();
    try {
      var unused = root.awaitShutdown(limits.requestTime().plus(limits.bodyTime()).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
