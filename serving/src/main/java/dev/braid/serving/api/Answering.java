package dev.braid.serving.api;

import java.util.concurrent.CompletableFuture;

/** Answers the requests of a route. */
@FunctionalInterface
public interface Answering {
  /**
   * The reply, sooner or later.
   *
   * @throws RefusedRequestException if there will be no other one
   */
  CompletableFuture<Reply> answer(Incoming request);
}
