package dev.braid.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.serving.api.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Lets those pass who send the token. */
final class Guard implements HttpHandler {
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;
  private final HttpHandler next;

  private Guard(String token, HttpHandler next) {
    this.expected = digest(token);
    this.next = next;
  }

  /** A guard of a handler, if there is a token. */
  static HttpHandler of(Optional<String> token, HttpHandler next) {
    return token.isEmpty() ? next : new Guard(token.get(), next);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))
            .orElse("");
    boolean isBearer = given.regionMatches(/* ignoreCase= */ true, 0, SCHEME, 0, SCHEME.length());
    // digests have one length, and comparing them takes one time whatever was given
    if (isBearer
        && MessageDigest.isEqual(expected, digest(given.substring(SCHEME.length()).strip()))) {
      next.handleRequest(exchange);
    } else {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      Replies.send(exchange, Reply.refusal(401, "Send the token as 'Authorization: Bearer TOKEN'"));
    }
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
