package dev.braid.serving.http;

import dev.braid.serving.api.Reply;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/** Sends replies, and ends connections on which none can be sent. */
final class Replies {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int RETRY_SECONDS = 1;

  /** How long a client may take to read its reply, or to send what nobody reads. */
  private static final long LINGER_SECONDS = 5;

  private Replies() {}

  /** Sends a reply from any thread, if none is sent yet. */
  static void sendLater(HttpServerExchange exchange, Reply reply) {
    exchange
        .getIoThread()
        .execute(() -> Connectors.executeRootHandler(same -> send(same, reply), exchange));
  }

  /** Sends a reply on the connection's thread, if none is sent yet. */
  static void send(HttpServerExchange exchange, Reply reply) {
    if (exchange.isResponseStarted() || exchange.isComplete()) {
      return;
    }
    exchange.setStatusCode(reply.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, reply.contentType());
    if (reply.status() == TOO_MANY_REQUESTS || reply.status() == StatusCodes.SERVICE_UNAVAILABLE) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
    }
    if (!exchange.isRequestComplete()) {
      exchange.setPersistent(false);
    }
    closeUnlessComplete(exchange);
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()).asReadOnlyBuffer());
  }

  /** Gives the client some time, and then closes its connection if it still reads or sends. */
  private static void closeUnlessComplete(HttpServerExchange exchange) {
    var key =
        exchange
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(exchange.getConnection()),
                LINGER_SECONDS,
                TimeUnit.SECONDS);
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          key.remove();
          next.proceed();
        });
  }
}
