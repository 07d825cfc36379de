package dev.braid.serving.http;

import dev.braid.serving.api.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Locale;
import java.util.Set;

/**
 * On a loopback address, refuses requests to other host names: a page on the web can give its own
 * name the address 127.0.0.1, and would then be of the server's origin.
 */
final class HostCheck implements HttpHandler {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "");

  private final HttpHandler next;

  private HostCheck(HttpHandler next) {
    this.next = next;
  }

  static HttpHandler of(Listening listening, HttpHandler next) {
    return listening.isLocal() && listening.token().isEmpty() ? new HostCheck(next) : next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String host = exchange.getHostName();
    if (host == null || LOCAL.contains(host.toLowerCase(Locale.ROOT))) {
      next.handleRequest(exchange);
    } else {
      Replies.send(exchange, Reply.refusal(400, "Unknown host (this server answers to localhost)"));
    }
  }
}
