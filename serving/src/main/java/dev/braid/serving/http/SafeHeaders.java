package dev.braid.serving.http;

import dev.braid.serving.api.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.Map;

/** Adds what browsers must not do with a reply, and gives every refusal a sentence. */
final class SafeHeaders implements HttpHandler {
  private static final int ERRORS = 400;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final HttpHandler next;

  SafeHeaders(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HEADERS.forEach(
        (name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.addDefaultResponseListener(SafeHeaders::explain);
    next.handleRequest(exchange);
  }

  /** Undertow's own refusals have no body. */
  private static boolean explain(HttpServerExchange exchange) {
    if (exchange.getStatusCode() < ERRORS) {
      return false;
    }
    String sentence =
        exchange.getStatusCode() == 503 ? "The server is closing" : "The request was refused";
    Replies.send(exchange, Reply.refusal(exchange.getStatusCode(), sentence));
    return true;
  }
}
