package dev.braid.serving.http;

import dev.braid.serving.api.Incoming;
import dev.braid.serving.api.RefusedRequestException;
import dev.braid.serving.api.Reply;
import dev.braid.serving.api.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplateMatch;
import io.undertow.util.SameThreadExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;

/**
 * Takes the requests of a route from the first header to the reply.
 *
 * <p>A body is read without a thread, within a time; then a thread of the pool parses it; then
 * nobody waits until the pictures are answered. A request is always in one place that ends it: the
 * timer of its phase.
 */
final class RouteHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private final Route route;
  private final TransportLimits limits;
  private final Admission admission;

  RouteHandler(Route route, TransportLimits limits, Admission admission) {
    this.route = route;
    this.limits = limits;
    this.admission = admission;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    try {
      if (route.body() == Route.Body.NONE) {
        Replies.send(exchange, reply(exchange));
      } else {
        admit(exchange);
      }
    } catch (RuntimeException e) {
      Replies.send(exchange, refusal(e));
    }
  }

  private Reply reply(HttpServerExchange exchange) {
    return route.answering().answer(incoming(exchange, new byte[0])).join(); // it is there
  }

  private void admit(HttpServerExchange exchange) {
    BodyType.check(route.body(), contentType(exchange));
    long length = exchange.getRequestContentLength();
    if (length > limits.bodyBytes()) {
      throw tooLarge();
    }
    Admission.Permit permit =
        admission
            .admit(length < 0 ? limits.bodyBytes() : length)
            .orElseThrow(
                () ->
                    new RefusedRequestException(429, "The server is busy (try again in a second)"));
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          permit.release();
          next.proceed();
        });
    receive(exchange);
  }

  private void receive(HttpServerExchange exchange) {
    XnioExecutor.Key timer =
        exchange
            .getIoThread()
            .executeAfter(
                () ->
                    Replies.sendLater(
                        exchange, Reply.refusal(408, "The body did not arrive in time")),
                limits.bodyTime().toMillis(),
                TimeUnit.MILLISECONDS);
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          timer.remove();
          next.proceed();
        });
    exchange
        .getRequestReceiver()
        .receiveFullBytes(
            (same, body) -> {
              timer.remove();
              if (!same.isResponseStarted()) {
                dispatch(same, body);
              }
            },
            (same, e) -> {
              timer.remove();
              Replies.send(
                  same,
                  refusal(
                      e instanceof RequestTooBigException
                          ? tooLarge()
                          : new RefusedRequestException(400, "The body ended too early")));
            });
  }

  private RefusedRequestException tooLarge() {
    return new RefusedRequestException(
        413, "The body is too large (at most %s bytes)".formatted(limits.bodyBytes()));
  }

  /** Parses and answers on the pool's threads: the connection's thread has others to serve. */
  private void dispatch(HttpServerExchange exchange, byte[] body) {
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () -> exchange.getConnection().getWorker().execute(() -> answer(exchange, body)));
  }

  private void answer(HttpServerExchange exchange, byte[] body) {
    try {
      CompletableFuture<Reply> reply = route.answering().answer(incoming(exchange, body));
      XnioExecutor.Key timer =
          exchange
              .getIoThread()
              .executeAfter(
                  () ->
                      reply.completeExceptionally(
                          new RefusedRequestException(503, "The answer took too long (try again)")),
                  limits.requestTime().toMillis(),
                  TimeUnit.MILLISECONDS);
      var unused =
          reply.whenComplete(
              (said, failure) -> {
                timer.remove();
                Replies.sendLater(exchange, said != null ? said : refusal(failure));
              });
    } catch (Throwable e) { // an Error too, such as no memory: the request must end
      Replies.sendLater(exchange, refusal(e));
    }
  }

  private static Reply refusal(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RefusedRequestException refused) {
      return Reply.refusal(refused.status(), refused.sentence());
    }
    LOG.error(
        "A request failed ({})", cause == null ? "no cause" : cause.getClass().getSimpleName());
    LOG.debug("A request failed", cause);
    return cause instanceof OutOfMemoryError
        ? Reply.refusal(503, "The server is short of memory (try again)")
        : Reply.refusal(500, "The server failed");
  }

  private Incoming incoming(HttpServerExchange exchange, byte[] body) {
    PathTemplateMatch match = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
    Map<String, String> path = match == null ? Map.of() : match.getParameters();
    Map<String, List<String>> query = new HashMap<>();
    exchange
        .getQueryParameters()
        .forEach((name, values) -> query.put(name, new ArrayList<>(values)));
    path.keySet().forEach(query::remove); // Undertow lists them among the parameters
    if (route.body() == Route.Body.PICTURE && BodyType.isForm(contentType(exchange))) {
      Multipart form =
          Multipart.read(exchange.getConnection().getByteBufferPool(), contentType(exchange), body);
      form.fields()
          .forEach(
              (name, values) ->
                  query.computeIfAbsent(name, missing -> new ArrayList<>()).addAll(values));
      return new Incoming(path, query, form.file(), OptionalInt.empty());
    }
    return new Incoming(path, query, body, jsonLength(exchange));
  }

  private static String contentType(HttpServerExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))
        .orElse("");
  }

  private static OptionalInt jsonLength(HttpServerExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst(JSON_LENGTH);
    if (length == null) {
      return OptionalInt.empty();
    }
    if (!length.matches("[0-9]{1,9}")) {
      throw new RefusedRequestException(400, "Invalid " + JSON_LENGTH + " (a whole number)");
    }
    return OptionalInt.of(Integer.parseInt(length));
  }
}
