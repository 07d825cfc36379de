package dev.braid.serving.http;

import dev.braid.serving.metrics.ServerMetrics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Counts the requests of a route with the time they took. */
final class Measured implements HttpHandler {
  private final String route;
  private final ServerMetrics metrics;
  private final HttpHandler next;

  Measured(String route, ServerMetrics metrics, HttpHandler next) {
    this.route = route;
    this.metrics = metrics;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    long start = System.nanoTime();
    exchange.addExchangeCompleteListener(
        (done, listener) -> {
          metrics.request(route, done.getStatusCode(), (System.nanoTime() - start) / 1e9);
          listener.proceed();
        });
    next.handleRequest(exchange);
  }
}
