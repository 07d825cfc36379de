package dev.braid.serving.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A method and a path, and who answers there.
 *
 * @param path with variables in braces
 * @param body what a request carries
 */
public record Route(String method, String path, Access access, Body body, Answering answering) {
  /** Who may ask. */
  public enum Access {
    /** Everyone: what a probe or a browser loads before it can send a token. */
    OPEN,
    /** Those who have the token, if there is one. */
    GUARDED
  }

  /** What a request carries. */
  public enum Body {
    /** Nothing. */
    NONE,
    /** A picture, or a form with one. */
    PICTURE,
    /** JSON, or JSON and binary tensors behind it. */
    JSON
  }

  /** A route that is read. */
  static Route get(String path, Access access, Function<Incoming, Reply> reply) {
    return new Route(
        "GET",
        path,
        access,
        Body.NONE,
        request -> CompletableFuture.completedFuture(reply.apply(request)));
  }

  /** A guarded route to which something is sent. */
  static Route post(String path, Body body, Answering answering) {
    return new Route("POST", path, Access.GUARDED, body, answering);
  }
}
